package dev.jmr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class VersionCommandTest {
  @Test
  void listsJavaAndEveryBackend() {
    Jmr.Result result = Jmr.run("version");
    assertThat(result.code()).isZero();
    assertThat(result.out())
        .startsWith("jmr ")
        .contains(
            "java " + System.getProperty("java.version"),
            "backend cpu: ",
            "backend tornado: ",
            "backend reference: ");
  }

  @Test
  void theOptionIsShort() {
    assertThat(Jmr.run("--version").out()).isEqualTo("jmr development" + System.lineSeparator());
  }
}
