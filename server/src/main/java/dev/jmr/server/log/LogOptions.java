package dev.jmr.server.log;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;

/// Where the server's log is kept.
///
/// @param level of the lines that matter least and are still written
public record LogOptions(Path folder, ServerLog.Level level) {
  /// What `MODEL_RUNNER_LOG_DIR` and `LOG_LEVEL` say; otherwise a folder among the temporary files, and what is of interest.
  public static LogOptions of(Map<String, String> environment) {
    String folder = environment.getOrDefault("MODEL_RUNNER_LOG_DIR", "").strip();
    String level = environment.getOrDefault("LOG_LEVEL", "").strip().toUpperCase(Locale.ROOT);
    return new LogOptions(
        folder.isEmpty()
            ? Path.of(System.getProperty("java.io.tmpdir"), "model-runner-logs")
            : Path.of(folder),
        Arrays.stream(ServerLog.Level.values())
            .filter(known -> known.name().equals(level))
            .findFirst()
            .orElse(ServerLog.Level.INFO));
  }
}
