package dev.jmr.server.packaging;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jmr.server.artifact.ArtifactException;
import java.util.Arrays;
import java.util.Locale;

/// The block of 512 bytes before each member of a tar archive. Source: POSIX `pax`, ustar
/// interchange format; sizes from 8 GiB on in base 256, as GNU tar and Go write and read them.
final class TarHeader {
  static final int BLOCK = 512;

  private static final int NAME_BYTES = 100;
  private static final int SIZE_AT = 124;
  private static final int SIZE_BYTES = 12;
  private static final int CHECKSUM_AT = 148;
  private static final int CHECKSUM_BYTES = 8;
  private static final int TYPE_AT = 156;
  private static final int MAGIC_AT = 257;
  private static final int PREFIX_AT = 345;
  private static final int PREFIX_BYTES = 155;
  private static final int BASE_256 = 0x80;

  private final byte[] block;

  /// @throws ArtifactException if the block's checksum is wrong
  TarHeader(byte[] block) {
    this.block = block;
    if (number(CHECKSUM_AT, CHECKSUM_BYTES) != checksum(block)) {
      throw new ArtifactException(
          "archive: expected the header of a tar member; is the file damaged or compressed?");
    }
  }

  /// The header of a file of the owner's, readable by all, at the beginning of time.
  static byte[] ofFile(String name, long size) {
    byte[] block = new byte[BLOCK];
    byte[] nameBytes = name.getBytes(UTF_8);
    if (nameBytes.length > NAME_BYTES) {
      throw new ArtifactException(
          "archive: expected a name of at most %d bytes, got '%s'".formatted(NAME_BYTES, name));
    }
    put(block, 0, nameBytes);
    put(block, 100, "0000644\0".getBytes(US_ASCII));
    put(block, 108, "0000000\0".getBytes(US_ASCII));
    put(block, 116, "0000000\0".getBytes(US_ASCII));
    putSize(block, size);
    put(block, 136, "00000000000\0".getBytes(US_ASCII));
    block[TYPE_AT] = '0';
    put(block, MAGIC_AT, "ustar\00000".getBytes(US_ASCII));
    String checksum = String.format(Locale.ROOT, "%06o\0 ", checksum(block));
    put(block, CHECKSUM_AT, checksum.getBytes(US_ASCII));
    return block;
  }

  private static void putSize(byte[] block, long size) {
    if (size < 1L << 33) {
      String octal = String.format(Locale.ROOT, "%011o\0", size);
      put(block, SIZE_AT, octal.getBytes(US_ASCII));
      return;
    }
    for (int i = 0; i < Long.BYTES; i++) {
      block[SIZE_AT + SIZE_BYTES - 1 - i] = (byte) (size >>> (8 * i));
    }
    block[SIZE_AT] = (byte) BASE_256;
  }

  private static void put(byte[] block, int at, byte[] bytes) {
    System.arraycopy(bytes, 0, block, at, bytes.length);
  }

  /// The name, with the prefix of ustar.
  String name() {
    String name = text(0, NAME_BYTES);
    boolean ustar = text(MAGIC_AT, 6).equals("ustar");
    String prefix = ustar ? text(PREFIX_AT, PREFIX_BYTES) : "";
    return prefix.isEmpty() ? name : prefix + "/" + name;
  }

  long size() {
    return number(SIZE_AT, SIZE_BYTES);
  }

  /// The kind of member: `0` for a file.
  char type() {
    return block[TYPE_AT] == 0 ? '0' : (char) block[TYPE_AT];
  }

  private String text(int at, int length) {
    int end = at;
    while (end < at + length && block[end] != 0) {
      end++;
    }
    return new String(block, at, end - at, UTF_8);
  }

  private long number(int at, int length) {
    if ((block[at] & BASE_256) != 0) {
      return base256(at, length);
    }
    String octal = text(at, length).strip();
    try {
      return octal.isEmpty() ? 0 : Long.parseLong(octal, 8);
    } catch (NumberFormatException e) {
      throw new ArtifactException(
          "archive: expected an octal number in a header, got '%s'".formatted(octal), e);
    }
  }

  private long base256(int at, int length) {
    boolean small = block[at] == (byte) BASE_256;
    for (int i = 1; i < length - Long.BYTES; i++) {
      small &= block[at + i] == 0;
    }
    long value = 0;
    for (int i = length - Long.BYTES; i < length; i++) {
      value = (value << 8) | (block[at + i] & 0xff);
    }
    if (!small || length <= Long.BYTES || value < 0) {
      throw new ArtifactException("archive: expected a number of 63 bits in a header");
    }
    return value;
  }

  private static long checksum(byte[] block) {
    byte[] blank = block.clone();
    Arrays.fill(blank, CHECKSUM_AT, CHECKSUM_AT + CHECKSUM_BYTES, (byte) ' ');
    long sum = 0;
    for (byte b : blank) {
      sum += b & 0xff;
    }
    return sum;
  }
}
