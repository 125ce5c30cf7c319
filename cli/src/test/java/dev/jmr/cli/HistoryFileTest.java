package dev.jmr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

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
  void aRelativeStateFolderIsIgnoredAsTheStandardSays() {
    assertThat(HistoryFile.path(Map.of("XDG_STATE_HOME", "state"), "Linux", "/home/a"))
        .isEqualTo(Path.of("/home/a/.local/state/jmr/history"));
  }
}
