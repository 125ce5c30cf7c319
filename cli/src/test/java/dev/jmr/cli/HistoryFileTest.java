package dev.jmr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HistoryFileTest {
  @Test
  void liesWhereTheSystemKeepsState() {
    assertThat(HistoryFile.path(Map.of(), "Linux", "/home/a"))
        .isEqualTo(Path.of("/home/a/.local/state/jmr/history"));
    assertThat(HistoryFile.path(Map.of("XDG_STATE_HOME", "/state"), "Linux", "/home/a"))
        .isEqualTo(Path.of("/state/jmr/history"));
    assertThat(HistoryFile.path(Map.of(), "Mac OS X", "/Users/a"))
        .isEqualTo(Path.of("/Users/a/Library/Application Support/jmr/history"));
    assertThat(HistoryFile.path(Map.of("LOCALAPPDATA", "/local"), "Windows 11", "/a"))
        .isEqualTo(Path.of("/local/jmr/history"));
  }

  @Test
  void isDockersWhereDockerModelRunnerHasAFolder(@TempDir Path docker) throws IOException {
    Map<String, String> environment = Map.of("DOCKER_CONFIG", docker.toString());
    Files.createDirectory(docker.resolve("model"));
    assertThat(HistoryFile.prepare(environment)).contains(docker.resolve("model/history"));
    assertThat(
            HistoryFile.prepare(
                Map.of("DOCKER_CONFIG", docker.toString(), "DOCKER_MODEL_NOHISTORY", "1")))
        .isEmpty();
  }

  @Test
  void aRelativeStateFolderIsIgnoredAsTheStandardSays() {
    assertThat(HistoryFile.path(Map.of("XDG_STATE_HOME", "state"), "Linux", "/home/a"))
        .isEqualTo(Path.of("/home/a/.local/state/jmr/history"));
  }
}
