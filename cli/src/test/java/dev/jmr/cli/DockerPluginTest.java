package dev.jmr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DockerPluginTest {
  @ParameterizedTest
  @CsvSource({
    "docker-plugin model ls --json, ls --json",
    "docker-plugin --context x -D model ls, ls",
    "docker-plugin --config=/c --tls model run model hi, run model hi",
    "docker-plugin docker-cli-plugin-metadata, docker-cli-plugin-metadata"
  })
  void leavesOutWhatIsForDocker(String called, String own) {
    assertThat(DockerPlugin.called(called.split(" "))).isTrue();
    assertThat(DockerPlugin.commandLine(called.split(" "))).containsExactly(own.split(" "));
  }

  @Test
  void isNotTakenForTheCommandOfInstalling() {
    assertThat(DockerPlugin.called("docker", "install")).isFalse();
    assertThat(DockerPlugin.called()).isFalse();
  }

  @Test
  void describesItselfToTheDockerClient() {
    Jmr.Result result = Jmr.run(DockerPlugin.ARGUMENT, "docker-cli-plugin-metadata");
    assertThat(result.code()).isZero();
    assertThat(result.err()).isEmpty();
    assertThat(result.out())
        .contains("\"SchemaVersion\" : \"0.1.0\"", "\"Vendor\" : \"JMR\"")
        .containsPattern("\"Version\" : \"v\\d+\\.\\d+\\.\\d+\"");
  }

  @Test
  void callsItselfByTheNameThatTheUserTyped() {
    Jmr.Result result = Jmr.run(DockerPlugin.ARGUMENT, "model", "tokenize");
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).contains("run 'docker model tokenize --help'");
  }

  @ParameterizedTest
  @CsvSource({"0.1.0-SNAPSHOT, v1.1.0", "0.12.3, v1.12.3", "1.0.0, v2.0.0", "development, v1.1.0"})
  void countsItsVersionsFromOne(String own, String plugin) {
    assertThat(DockerMetadataCommand.version(own)).isEqualTo(plugin);
  }
}
