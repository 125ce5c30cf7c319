package dev.jmr.server.manager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SettingsFileTest {
  @TempDir Path folder;

  @Test
  void outlivesTheServer() {
    Path file = folder.resolve("deep").resolve("models.json");
    ModelSettings settings =
        new ModelSettings(
            OptionalInt.of(8192),
            Optional.of(KeepAlive.parse("1h")),
            Map.of("temperature", 0.5),
            List.of("--temp", "0.5"),
            OptionalInt.of(-1));
    SettingsFile.open(file).put("sha256:1", settings);
    assertThat(SettingsFile.open(file).of("sha256:1")).isEqualTo(settings);
    SettingsFile.open(file).remove("sha256:1");
    assertThat(SettingsFile.open(file).all()).isEmpty();
  }

  @Test
  void refusesAFileOfAnotherKind() throws Exception {
    Path file = Files.writeString(folder.resolve("models.json"), "{\"a\": ");
    assertThatThrownBy(() -> SettingsFile.open(file))
        .isInstanceOf(ManagerException.class)
        .hasMessageEndingWith(
            "models.json: expected settings of models, got something else; delete it to begin anew");
  }
}
