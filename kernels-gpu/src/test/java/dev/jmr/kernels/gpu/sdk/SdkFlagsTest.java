package dev.jmr.kernels.gpu.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SdkFlagsTest {
  @TempDir private Path home;

  @Test
  void putsTheSdksLibrariesBeforeThoseOfTheMachine() throws IOException {
    TornadoSdk sdk = sdk();

    assertThat(SdkFlags.of(sdk, _ -> "/usr/lib"))
        .contains(
            "-Djava.library.path=%s%s/usr/lib".formatted(home.resolve("lib"), File.pathSeparator));
    assertThat(SdkFlags.of(sdk, _ -> null)).contains("-Djava.library.path=" + home.resolve("lib"));
  }

  @Test
  void neverLetsAKernelRunAsPlainJava() throws IOException {
    assertThat(SdkFlags.of(sdk())).contains("-Dtornado.recover.bailout=False");
  }

  @Test
  void seesThatThisJvmWasStartedWithoutThem() throws IOException {
    List<String> flags = SdkFlags.of(sdk());

    assertThat(flags).contains("-XX:+EnableJVMCI");
    assertThat(SdkFlags.present(sdk())).isFalse();
  }

  private TornadoSdk sdk() throws IOException {
    return TornadoSdk.of(SdkFolder.create(home, "5.2.0").driver(Driver.OPENCL).home());
  }
}
