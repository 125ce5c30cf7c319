package dev.jmr.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AttachmentsTest {
  @TempDir private Path folder;

  private String write(String name, byte[] content) throws IOException {
    return Files.write(folder.resolve(name), content).toString();
  }

  @Test
  void whatIsNoFileStaysAsItIs() {
    String message = "write to a@b.example, ask @nobody-here and use @Override.";
    assertThat(Attachments.addTo(message)).isEqualTo(message);
  }

  @Test
  void aFileFollowsTheMessageWithoutThePunctuationBehindIt() throws IOException {
    String file = write("a.txt", "one\ntwo\n".getBytes(UTF_8));
    assertThat(Attachments.addTo("What is in @" + file + "?"))
        .isEqualTo("What is in @%s?\n\n%s:\n```\none\ntwo\n```".formatted(file, file));
  }

  @Test
  void imagesBytesAndLargeFilesAreRefused() throws IOException {
    String image = write("a.PNG", new byte[] {1});
    assertThatThrownBy(() -> Attachments.addTo("@" + image))
        .hasMessageContaining("expected a text, got an image");
    String bytes = write("a.bin", new byte[] {(byte) 0xff, 0});
    assertThatThrownBy(() -> Attachments.addTo("@" + bytes))
        .hasMessageContaining("expected a text in UTF-8");
    String large = write("large.txt", new byte[(int) Attachments.MAX_BYTES + 1]);
    assertThatThrownBy(() -> Attachments.addTo("@" + large))
        .hasMessageContaining("expected at most 1048576 bytes, got 1048577");
  }
}
