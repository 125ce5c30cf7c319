package dev.jmr.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UserFoldersTest {
  @Test
  void followsTheRulesOfTheSystem() {
    assertThat(UserFolders.of(Map.of(), "Linux", "/home/a"))
        .isEqualTo(
            new UserFolders(Path.of("/home/a/.config/jmr"), Path.of("/home/a/.local/state/jmr")));
    assertThat(
            UserFolders.of(
                Map.of("XDG_CONFIG_HOME", "/config", "XDG_STATE_HOME", "/state"), "Linux", "/a"))
        .isEqualTo(new UserFolders(Path.of("/config/jmr"), Path.of("/state/jmr")));
    assertThat(UserFolders.of(Map.of(), "Mac OS X", "/Users/a").config())
        .isEqualTo(Path.of("/Users/a/Library/Application Support/jmr"));
    assertThat(
            UserFolders.of(
                Map.of("APPDATA", "/roaming", "LOCALAPPDATA", "/local"), "Windows 11", "/a"))
        .isEqualTo(new UserFolders(Path.of("/roaming/jmr"), Path.of("/local/jmr")));
  }

  @Test
  void relativeFoldersAreIgnoredAsTheStandardSays() {
    assertThat(UserFolders.of(Map.of("XDG_CONFIG_HOME", "config"), "Linux", "/home/a").config())
        .isEqualTo(Path.of("/home/a/.config/jmr"));
  }
}
