package dev.jmr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ClassArchiveTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void isUsedWhereItLiesBesideTheJar() throws IOException {
    Path archive = Files.createFile(folder.resolve("jmr.jsa"));
    assertThat(ClassArchive.flags(folder.resolve("jmr.jar").toString()))
        .contains("-XX:SharedArchiveFile=" + archive);
  }

  @Test
  void needsNoFlagWhereThereIsNone() throws IOException {
    assertThat(ClassArchive.flags(folder.resolve("jmr.jar").toString())).isEmpty();
    Files.createFile(folder.resolve("b.jsa"));
    assertThat(ClassArchive.flags("a.jar" + File.pathSeparator + folder.resolve("b.jar")))
        .isEmpty();
    assertThat(ClassArchive.flags(folder.toString())).isEmpty();
  }
}
