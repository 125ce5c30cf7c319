package dev.jmr.server.packaging;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jmr.server.artifact.ArtifactException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalLong;

/// Reads the members of a tar archive one after the other, without a look back: files and folders,
/// nothing else.
///
/// A library would also read links, devices, sparse files and five dialects, and leave it to us to
/// refuse them. Long names are refused too, since those of our archives are short. Not for several
/// threads; the stream stays the caller's.
final class TarReader extends InputStream {
  private static final int MAX_PAX_BYTES = 1 << 16;

  private final InputStream in;
  private long remaining;
  private int padding;

  TarReader(InputStream in) {
    this.in = in;
  }

  /// Goes on to the next member, whatever is left of this one; reads then give that member's bytes.
  /// Empty at the end.
  ///
  /// @throws ArtifactException if it is of a kind that we do not take, or the archive is none
  /// @throws EOFException if the archive ends before its end
  Optional<TarEntry> next() throws IOException {
    OptionalLong paxSize = OptionalLong.empty();
    while (true) {
      finishMember();
      byte[] block = in.readNBytes(TarHeader.BLOCK);
      if (block.length == 0 || isZero(block)) {
        return Optional.empty();
      }
      if (block.length < TarHeader.BLOCK) {
        throw truncated();
      }
      TarHeader header = new TarHeader(block);
      begin(header.size());
      switch (header.type()) {
        case 'x' -> paxSize = paxSize(paxHeader());
        case 'g' -> paxHeader();
        case '0' -> {
          begin(paxSize.orElse(header.size()));
          return Optional.of(new TarEntry(header.name(), remaining, false));
        }
        case '5' -> {
          return Optional.of(new TarEntry(header.name(), 0, true));
        }
        default ->
            throw new ArtifactException(
                "archive: expected files and folders, got '%s' of type '%s'"
                    .formatted(header.name(), header.type()));
      }
    }
  }

  private void begin(long size) {
    remaining = size;
    padding = (int) (-size & (TarHeader.BLOCK - 1));
  }

  private void finishMember() throws IOException {
    skip(in, remaining);
    skip(in, padding);
    remaining = 0;
    padding = 0;
  }

  private static void skip(InputStream in, long count) throws IOException {
    try {
      in.skipNBytes(count);
    } catch (EOFException e) {
      throw truncated();
    }
  }

  private static EOFException truncated() {
    return new EOFException("archive: ends in the middle of a member; is the file complete?");
  }

  private static boolean isZero(byte[] block) {
    for (byte b : block) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }

  private String paxHeader() throws IOException {
    if (remaining > MAX_PAX_BYTES) {
      throw new ArtifactException(
          "archive: expected an extended header of at most %d bytes, got %d"
              .formatted(MAX_PAX_BYTES, remaining));
    }
    return new String(readNBytes((int) remaining), UTF_8);
  }

  /// The size that records `<length> <key>=<value>\n` say; a path that they say is refused.
  private static OptionalLong paxSize(String records) {
    OptionalLong size = OptionalLong.empty();
    for (String record : records.lines().toList()) {
      String field = record.substring(record.indexOf(' ') + 1);
      if (field.startsWith("size=")) {
        size = OptionalLong.of(parseSize(field.substring("size=".length())));
      } else if (field.startsWith("path=") || field.startsWith("GNU.sparse")) {
        throw new ArtifactException(
            "archive: expected members with short names, got '%s'".formatted(field));
      }
    }
    return size;
  }

  private static long parseSize(String text) {
    try {
      long size = Long.parseLong(text);
      if (size >= 0) {
        return size;
      }
    } catch (NumberFormatException e) {
      throw new ArtifactException("archive: expected a size, got '%s'".formatted(text), e);
    }
    throw new ArtifactException("archive: expected a size, got '%s'".formatted(text));
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (remaining == 0) {
      return -1;
    }
    int read = in.read(buffer, offset, (int) Math.min(length, remaining));
    if (read < 0) {
      throw truncated();
    }
    remaining -= read;
    return read;
  }
}
