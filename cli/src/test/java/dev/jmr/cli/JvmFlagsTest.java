package dev.jmr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JvmFlagsTest {
  @TempDir private Path folder;

  @Test
  void areOneToALineWithoutComments() {
    assertThat(JvmFlags.read())
        .contains("--add-modules=jdk.incubator.vector")
        .allMatch(flag -> flag.startsWith("-"));
  }

  @Test
  void nothingIsMissingWithoutAnSdk() {
    Map<String, String> environment = Map.of("TORNADOVM_HOME", folder.toString());

    assertThat(JvmFlags.missing(environment)).isEmpty();
  }

  @Test
  void anSdkNeedsTheJvmsCompilerInterfaceAndItsLibraries() throws IOException {
    EmptySdk.create(folder);
    Map<String, String> environment = Map.of("TORNADOVM_HOME", folder.toString());

    assertThat(JvmFlags.missing(environment))
        .contains("-XX:+EnableJVMCI")
        .anyMatch(flag -> flag.startsWith("-Djava.library.path=" + folder.resolve("lib")));
    assertThat(Relaunch.needed(true, environment)).isTrue();
    assertThat(Relaunch.needed(false, environment)).isFalse();
  }
}
