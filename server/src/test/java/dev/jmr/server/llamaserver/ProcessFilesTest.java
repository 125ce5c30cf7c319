package dev.jmr.server.llamaserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class ProcessFilesTest {
  @TempDir Path folder;
  private Process child;

  @BeforeEach
  void start() throws Exception {
    child = new ProcessBuilder(List.of("sleep", "50")).start();
  }

  @AfterEach
  void end() {
    child.destroyForcibly();
  }

  private long began() {
    return child.info().startInstant().orElseThrow().toEpochMilli();
  }

  private void write(String text) throws Exception {
    Files.writeString(folder.resolve(Long.toString(child.pid())), text);
  }

  private List<String> names() throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  @Test
  void leavesAloneWhatBelongsToAJvmThatRuns() throws Exception {
    ProcessFiles files = new ProcessFiles(folder.resolve("new"));
    files.add(child.toHandle());
    assertThat(files.endAbandoned()).isEmpty();
    assertThat(child.isAlive()).isTrue();
    assertThat(folder.resolve("new").resolve(Long.toString(child.pid()))).exists();
    files.remove(child.pid());
    assertThat(folder.resolve("new")).isEmptyDirectory();
  }

  @Test
  void endsWhatBelongsToAJvmThatIsGone() throws Exception {
    ProcessHandle self = ProcessHandle.current();
    long otherBeginning = began() - 3_600_000;
    write("%d %d %d\n".formatted(began(), self.pid(), otherBeginning));
    assertThat(new ProcessFiles(folder).endAbandoned()).containsExactly(child.pid());
    assertThat(child.waitFor()).isNotZero();
    assertThat(names()).isEmpty();
  }

  @Test
  void leavesAloneAnotherProcessWithTheSameId() throws Exception {
    write("%d %d %d\n".formatted(began() - 3_600_000, 1L << 40, 0));
    assertThat(new ProcessFiles(folder).endAbandoned()).isEmpty();
    assertThat(child.isAlive()).isTrue();
    assertThat(names()).isEmpty();
  }

  @Test
  void passesOverWhatItHasNotWritten() throws Exception {
    for (String text : List.of("", "1 2\n", "1 2 3", "a b c\n", "9".repeat(1000))) {
      write(text);
      assertThat(new ProcessFiles(folder).endAbandoned()).isEmpty();
      assertThat(names()).isEmpty();
    }
    Files.writeString(folder.resolve("notes"), "1 2 3\n");
    assertThat(new ProcessFiles(folder).endAbandoned()).isEmpty();
    assertThat(names()).containsExactly("notes");
    assertThat(new ProcessFiles(folder.resolve("none")).endAbandoned()).isEmpty();
    assertThat(child.isAlive()).isTrue();
  }
}
