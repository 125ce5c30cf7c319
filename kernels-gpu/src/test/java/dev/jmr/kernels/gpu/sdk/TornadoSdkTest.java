package dev.jmr.kernels.gpu.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TornadoSdkTest {
  private static final String LINE = "-jdk" + Runtime.version().feature();

  @TempDir private Path home;

  @Test
  void tellsVersionAndDriversByTheirFiles() throws IOException {
    SdkFolder.create(home, "5.2.0" + LINE).driver(Driver.OPENCL).driver(Driver.CUDA);

    TornadoSdk sdk = TornadoSdk.of(home);

    assertThat(sdk.version()).isEqualTo("5.2.0" + LINE);
    assertThat(sdk.drivers()).containsExactly(Driver.CUDA, Driver.OPENCL);
  }

  @Test
  void leavesADriverWithoutItsLibraryAside() throws IOException {
    SdkFolder.create(home, "5.2.0").driver(Driver.OPENCL).jar(Driver.PTX);

    assertThat(TornadoSdk.of(home).drivers()).containsExactly(Driver.OPENCL);
  }

  @Test
  void runsWithoutTheJarsOfOtherDrivers() throws IOException {
    SdkFolder.create(home, "5.2.0").driver(Driver.OPENCL).driver(Driver.PTX);
    TornadoSdk sdk = TornadoSdk.of(home);

    List<Path> jars = sdk.jarsFor(List.of(Driver.OPENCL));

    assertThat(jars)
        .extracting(jar -> jar.getFileName().toString())
        .containsExactly(
            "asm-9.9.jar",
            "tornado-api-5.2.0.jar",
            "tornado-drivers-common-5.2.0.jar",
            "tornado-drivers-opencl-5.2.0-jdk25.jar");
  }

  @Test
  void rejectsAnSdkOfAnotherJavasLine() throws IOException {
    SdkFolder.create(home, "5.2.0-jdk21").driver(Driver.OPENCL);

    assertThatThrownBy(() -> TornadoSdk.of(home))
        .isInstanceOf(SdkException.class)
        .hasMessage(
            "TornadoVM SDK %s: expected one for this Java, of the line '%s', got 5.2.0-jdk21; install that one",
            home, LINE.substring(1));
  }

  @Test
  void rejectsAFolderThatIsNoSdk() throws IOException {
    assertThatThrownBy(() -> TornadoSdk.of(home))
        .hasMessage(
            "TornadoVM SDK %s: expected share/java/tornado with jars, got none; is this an SDK's folder?",
            home);
    SdkFolder.create(home, "5.2.0").driver(Driver.OPENCL);
    Files.delete(home.resolve("share/java/tornado/tornado-api-5.2.0.jar"));
    assertThatThrownBy(() -> TornadoSdk.of(home))
        .hasMessageContaining("expected tornado-api-VERSION.jar, got none");
  }

  @Test
  void rejectsAnSdkWithoutADriver() throws IOException {
    SdkFolder.create(home, "5.2.0").jar(Driver.OPENCL);

    assertThatThrownBy(() -> TornadoSdk.of(home))
        .hasMessageContaining("expected a driver with its library in lib/, got none");
  }
}
