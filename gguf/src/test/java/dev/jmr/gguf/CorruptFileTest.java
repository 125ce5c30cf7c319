package dev.jmr.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import dev.jmr.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// A damaged file is refused with its name and the place, or read; and never costs more than it is large.
class CorruptFileTest {
  private static final Path PATH = Path.of("damaged.gguf");
  private static final long FIXED_BYTES = 256 << 10;
  private static final int BYTES_PER_FILE_BYTE = 4;
  private static final int[] DAMAGES = {0xFF, 0x01, 0x80};

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @ParameterizedTest
  @FieldSource("dev.jmr.gguf.Fixtures#NAMES")
  void refusesAFileThatIsCutInItsHeader(String name) {
    MemorySegment file = MemorySegment.ofArray(Fixtures.bytes(name));
    long headerBytes = headerBytes(file);
    for (long size = 0; size < headerBytes; size++) {
      assertThat(parse(file.asSlice(0, size))).as("cut at %d", size).isPresent();
    }
  }

  @ParameterizedTest
  @FieldSource("dev.jmr.gguf.Fixtures#NAMES")
  void refusesAFileThatIsCutInItsTensors(String name) {
    MemorySegment file = MemorySegment.ofArray(Fixtures.bytes(name));
    for (long size = headerBytes(file); size < file.byteSize(); size += 1009) {
      assertThat(parse(file.asSlice(0, size)).map(Throwable::getMessage).orElse("read"))
          .contains("file ends at byte " + size, "the download may be incomplete");
    }
  }

  @ParameterizedTest
  @FieldSource("dev.jmr.gguf.Fixtures#NAMES")
  void survivesEveryDamagedHeaderByte(String name) {
    byte[] bytes = Fixtures.bytes(name);
    MemorySegment file = MemorySegment.ofArray(bytes);
    int headerBytes = (int) headerBytes(file);
    int refused = 0;
    for (int at = 0; at < headerBytes; at++) {
      byte original = bytes[at];
      for (int damage : DAMAGES) {
        bytes[at] = (byte) (original ^ damage);
        refused += parse(file).isPresent() ? 1 : 0;
      }
      bytes[at] = original;
    }
    assertThat(refused).isPositive();
    assertThat(parse(file)).isEmpty();
  }

  @Test
  void survivesEveryFlippedBitOfAFileWithAllValueTypes() {
    var encoder = new HeaderEncoder(RandomContent.allValueTypes(), RandomContent.tensors(3));
    byte[] header = encoder.encode();
    byte[] bytes = Arrays.copyOf(header, header.length + (int) encoder.dataBytes());
    MemorySegment file = MemorySegment.ofArray(bytes);
    assertThat(parse(file)).isEmpty();
    for (int at = 0; at < header.length; at++) {
      for (int bit = 1; bit < 256; bit <<= 1) {
        bytes[at] ^= (byte) bit;
        parse(file);
        bytes[at] ^= (byte) bit;
      }
    }
  }

  /// Where the data starts, which is where the first tensor lies.
  private static long headerBytes(MemorySegment file) {
    return GgufReader.parse(PATH, file).tensors().stream()
        .map(Tensor::data)
        .mapToLong(data -> data.address() - file.address())
        .min()
        .orElseThrow();
  }

  /// Why the file was refused, or empty if it was read.
  private Optional<GgufFormatException> parse(MemorySegment file) {
    long limit = FIXED_BYTES + BYTES_PER_FILE_BYTE * file.byteSize();
    long before = threads.getCurrentThreadAllocatedBytes();
    Optional<GgufFormatException> refusal = refusal(file);
    if (threads.getCurrentThreadAllocatedBytes() - before > limit) {
      assertAllocatesLess(limit, file);
    }
    return refusal;
  }

  /// Measures a second time, because the first message of a kind loads classes.
  private void assertAllocatesLess(long limit, MemorySegment file) {
    long before = threads.getCurrentThreadAllocatedBytes();
    Optional<GgufFormatException> refusal = refusal(file);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertThat(allocated).as("bytes allocated until: %s", refusal).isLessThanOrEqualTo(limit);
  }

  private static Optional<GgufFormatException> refusal(MemorySegment file) {
    try {
      GgufReader.parse(PATH, file);
      return Optional.empty();
    } catch (GgufFormatException e) {
      assertThat(e.path()).isEqualTo(PATH);
      assertThat(e.byteOffset()).isBetween(0L, file.byteSize());
      assertThat(e.getMessage()).startsWith(PATH + ", byte " + e.byteOffset() + ": ");
      return Optional.of(e);
    } catch (RuntimeException e) {
      return fail("expected a GgufFormatException", e);
    }
  }
}
