package dev.jmr.server.packaging;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jmr.server.artifact.ArtifactException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class TarTest {
  @Test
  void readsWhatItWrote() throws IOException {
    byte[] archive = archive();
    assertThat(archive.length % 512).isZero();

    TarReader tar = new TarReader(new ByteArrayInputStream(archive));
    assertThat(tar.next()).hasValue(new TarEntry("a/b", 5, false));
    assertThat(tar.readAllBytes()).isEqualTo("hello".getBytes(UTF_8));
    assertThat(tar.next()).hasValue(new TarEntry("empty", 0, false));
    assertThat(tar.read()).isEqualTo(-1);
    assertThat(tar.next()).hasValue(new TarEntry("block", 512, false));
    assertThat(tar.next()).as("what was not read is skipped").isEmpty();
  }

  @Test
  void writesSizesBeyondEightGigabytesAsOthersReadThem() {
    byte[] block = TarHeader.ofFile("big", 1L << 40);

    assertThat(HexFormat.of().formatHex(block, 124, 136)).isEqualTo("800000000000010000000000");
    assertThat(new TarHeader(block).size()).isEqualTo(1L << 40);
    assertThat(new TarHeader(TarHeader.ofFile("big", (1L << 33) - 1)).size())
        .isEqualTo((1L << 33) - 1);
  }

  @Test
  void readsFoldersAndExtendedHeaders() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(typed("blobs/", "", '5'));
    out.write(typed("pax", "9 size=3\n", 'x'));
    out.write(typed("member", "abc", '0'));
    out.write(new byte[1024]);

    TarReader tar = new TarReader(new ByteArrayInputStream(out.toByteArray()));
    assertThat(tar.next()).hasValue(new TarEntry("blobs/", 0, true));
    assertThat(tar.next()).hasValue(new TarEntry("member", 3, false));
    assertThat(tar.readAllBytes()).isEqualTo("abc".getBytes(UTF_8));
    assertThat(tar.next()).isEmpty();
  }

  @Test
  void refusesLinksDevicesAndLongNames() throws IOException {
    for (char type : "123467LKS".toCharArray()) {
      TarReader tar = new TarReader(new ByteArrayInputStream(typed("x", "", type)));
      assertThatThrownBy(tar::next)
          .isInstanceOf(ArtifactException.class)
          .hasMessage("archive: expected files and folders, got 'x' of type '%s'".formatted(type));
    }
    TarReader tar =
        new TarReader(new ByteArrayInputStream(typed("pax", "21 path=../etc/passwd\n", 'x')));
    assertThatThrownBy(tar::next).hasMessageContaining("got 'path=../etc/passwd'");
  }

  @Test
  void noticesEveryCutWithinAMember() throws IOException {
    byte[] archive = archive();
    List<Integer> betweenMembers = List.of(1024, 1536);
    for (int length = 1; length < 2560; length++) {
      TarReader tar = new TarReader(new ByteArrayInputStream(Arrays.copyOf(archive, length)));
      if (betweenMembers.contains(length)) {
        continue;
      }
      assertThatThrownBy(
              () -> {
                while (tar.next().isPresent()) {
                  tar.readAllBytes();
                }
              })
          .as("cut at %d", length)
          .isInstanceOf(EOFException.class);
    }
  }

  @Test
  void refusesWhatIsNoArchive() {
    byte[] gzip = new byte[1024];
    gzip[0] = 0x1f;
    gzip[1] = (byte) 0x8b;
    assertThatThrownBy(() -> new TarReader(new ByteArrayInputStream(gzip)).next())
        .isInstanceOf(ArtifactException.class)
        .hasMessageContaining("is the file damaged or compressed?");
  }

  @Test
  void refusesContentOfAnotherSize() {
    TarWriter tar = new TarWriter(new ByteArrayOutputStream());
    assertThatThrownBy(() -> tar.file("x", 3, new ByteArrayInputStream(new byte[2])))
        .isInstanceOf(IOException.class)
        .hasMessage("archive: x: expected 3 bytes, got 2");
  }

  private static byte[] archive() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    TarWriter tar = new TarWriter(out);
    tar.file("a/b", 5, new ByteArrayInputStream("hello".getBytes(UTF_8)));
    tar.file("empty", 0, new ByteArrayInputStream(new byte[0]));
    tar.file("block", 512, new ByteArrayInputStream(new byte[512]));
    tar.finish();
    return out.toByteArray();
  }

  /// A member of another type, with its content.
  private static byte[] typed(String name, String content, char type) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new TarWriter(out)
        .file(name, content.length(), new ByteArrayInputStream(content.getBytes(UTF_8)));
    byte[] bytes = out.toByteArray();
    int difference = type - bytes[156];
    bytes[156] = (byte) type;
    int sum = Integer.parseInt(new String(bytes, 148, 6, US_ASCII), 8) + difference;
    System.arraycopy("%06o".formatted(sum).getBytes(US_ASCII), 0, bytes, 148, 6);
    return bytes;
  }
}
