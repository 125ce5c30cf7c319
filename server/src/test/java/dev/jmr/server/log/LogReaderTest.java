package dev.jmr.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LogReaderTest {
  @TempDir private Path folder;

  private static List<String> all(LogReader reader) throws IOException {
    List<String> lines = new ArrayList<>();
    Optional<String> line = reader.next();
    while (line.isPresent()) {
      lines.add(line.get());
      line = reader.next();
    }
    return lines;
  }

  private static String line(int second, String text) {
    return "[2026-01-02T15:04:%02dZ] %s\n".formatted(second, text);
  }

  @Test
  void ordersLinesOfTheServerAndOfEnginesByTheirTimes() throws Exception {
    try (LogFile log = LogFile.in(folder)) {
      log.append(line(1, "server 1") + line(3, "server 3") + line(4, "server 4"));
      Files.writeString(
          folder.resolve("inference-llama.cpp-server.log"),
          line(2, "engine 2") + "  a line without time\n" + line(3, "engine 3") + "half");
      try (LogReader reader = new LogReader(log, true)) {
        assertThat(all(reader))
            .extracting(text -> text.substring(text.indexOf(']') + 1).strip())
            .containsExactly(
                "server 1", "engine 2", "a line without time", "server 3", "engine 3", "server 4");
        log.append(line(5, "server 5"));
        assertThat(all(reader)).containsExactly(line(5, "server 5").strip());
      }
      try (LogReader reader = new LogReader(log, false)) {
        assertThat(all(reader)).hasSize(4);
      }
    }
  }

  @Test
  void keepsTwoFilesAtMostAndReadsOnAcrossTheirChange() throws Exception {
    try (LogFile log = LogFile.in(folder, 200);
        LogReader reader = new LogReader(log, false)) {
      List<String> read = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        log.append(line(i, "line " + i));
        read.addAll(all(reader));
      }
      assertThat(read).hasSize(50);
      try (var files = Files.list(folder)) {
        assertThat(files).hasSize(2).allMatch(file -> file.toFile().length() < 300);
      }
      try (LogReader late = new LogReader(log, false)) {
        assertThat(all(late)).hasSizeBetween(6, 16).endsWith(line(49, "line 49").strip());
      }
    }
  }

  @Test
  void letsNobodyElseReadItNorWriteThroughALink() throws Exception {
    Path own = folder.resolve("logs");
    try (LogFile _ = LogFile.in(own)) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(own)))
          .isEqualTo("rwx------");
      assertThat(
              PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(own.resolve("inference.log"))))
          .isEqualTo("rw-------");
    }
    Path victim = Files.createFile(folder.resolve("victim"));
    Files.createSymbolicLink(folder.resolve("inference.log"), victim);
    ServerLog log = ServerLog.open(new LogOptions(folder, ServerLog.Level.ERROR));
    assertThat(log.file()).isEmpty();
    log.info("x");
    assertThat(victim).isEmptyFile();
  }

  @Test
  void writesOneLineOfWhateverUsersSend() throws Exception {
    try (LogFile file = LogFile.in(folder);
        ServerLog log =
            new ServerLog(
                Optional.of(file),
                Optional.empty(),
                ServerLog.Level.INFO,
                InstantSource.fixed(Instant.EPOCH))) {
      log.info("model 'a\n[1970-01-01T00:00:00Z] ERROR forged\u001b[0m' not found");
      log.error("failed", new IllegalStateException("why\nnot"));
      List<String> lines = Files.readAllLines(folder.resolve("inference.log"));
      assertThat(lines.getFirst())
          .isEqualTo(
              "[1970-01-01T00:00:00Z] INFO model 'a [1970-01-01T00:00:00Z] ERROR forged [0m' not found");
      assertThat(lines.get(1)).isEqualTo("[1970-01-01T00:00:00Z] ERROR failed");
      assertThat(lines.get(2)).isEqualTo("  java.lang.IllegalStateException: why not");
    }
  }
}
