package dev.jmr.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MappedFilesTest {
  @TempDir Path directory;

  @Test
  void noticesAFileThatGrowsWhileItIsRead() throws IOException {
    Path path = directory.resolve("growing.gguf");
    new GgufWriter().put("k", GgufValue.bool(true)).write(path);
    try (Arena arena = Arena.ofConfined()) {
      var files = new MappedFiles(arena);
      files.open(path);
      files.checkUnchanged();
      assertThat(files.byteSize()).isEqualTo(Files.size(path)).isEqualTo(64);
      Files.write(path, new byte[10], StandardOpenOption.APPEND);
      assertThatThrownBy(files::checkUnchanged)
          .isInstanceOf(GgufException.class)
          .hasMessage(
              path + ": expected 64 bytes, got 74 after reading; is it still being written?");
    }
  }
}
