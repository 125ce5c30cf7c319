package dev.jmr.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jmr.tensor.Shape;
import dev.jmr.tensor.Tensor;
import java.util.function.Consumer;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TensorTableTest {
  private static final int F32 = 0;
  private static final int Q8_0 = 8;

  @Test
  void listsAxesInnermostFirst() {
    Tensor tensor =
        RawGguf.parse(one(128, out -> tensor(out, F32, 0, 2, 3, 4))).tensors().getFirst();
    assertThat(tensor.shape()).isEqualTo(Shape.of(4, 3, 2));
  }

  @Test
  void rejectsTensorsThatTheFileIsTooShortFor() {
    assertRefused(one(60, out -> tensor(out, F32, 0, 16)))
        .hasMessageEndingWith(
            "byte 49: tensor data: file ends at byte 124, tensor t needs 64 bytes from byte 64 on; the download may be incomplete");
  }

  @ParameterizedTest
  @ValueSource(longs = {64, 1L << 40, Long.MAX_VALUE - 31})
  void rejectsOffsetsBehindTheEnd(long offset) {
    assertRefused(one(64, out -> tensor(out, F32, offset, 16)))
        .hasMessageContaining(
            "tensor t needs 64 bytes from byte " + Long.toUnsignedString(64 + offset));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 31, -32, Long.MIN_VALUE})
  void rejectsOffsetsThatAreNotAligned(long offset) {
    assertRefused(one(64, out -> tensor(out, F32, offset, 1)))
        .hasMessageEndingWith(
            "byte 49: tensor t: expected a data offset in multiples of 32, got %s",
            Long.toUnsignedString(offset));
  }

  @Test
  void rejectsTensorsThatOverlap() {
    Consumer<LittleEndianBytes> table =
        out -> {
          RawGguf.tensor(out, "second", F32, 32, 8);
          RawGguf.tensor(out, "first", F32, 0, 9);
        };
    assertRefused(RawGguf.withTensors(2, 128, table))
        .hasMessageEndingWith(
            "tensor second: expected data of its own, got offset 32 inside tensor first");
  }

  @Test
  void rejectsTensorsOfTheSameName() {
    Consumer<LittleEndianBytes> table =
        out -> {
          tensor(out, F32, 0, 8);
          tensor(out, F32, 32, 8);
        };
    assertRefused(RawGguf.withTensors(2, 128, table))
        .hasMessageEndingWith("tensor t: expected each tensor name once, got it twice");
  }

  @Test
  void rejectsNamesThatAreTooLongOrEmpty() {
    assertRefused(one(64, out -> RawGguf.tensor(out, "n".repeat(65), F32, 0, 1)))
        .hasMessageContaining("tensor 0: expected a string of at most 64 bytes");
    assertRefused(one(64, out -> RawGguf.tensor(out, "", F32, 0, 1)))
        .hasMessageContaining("tensor 0: expected a string of at least 1 bytes");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 5, -1})
  void rejectsOtherThanOneToFourAxes(int rank) {
    Consumer<LittleEndianBytes> table =
        out -> {
          out.string("t");
          out.int32(rank);
          out.zeros(64);
        };
    assertRefused(one(64, table))
        .hasMessageContaining(
            "byte 33: tensor t: expected 1 to 4 axes, got " + Integer.toUnsignedString(rank));
  }

  @Test
  void rejectsAxesThatAreNotPositive() {
    assertRefused(one(64, out -> tensor(out, F32, 0, 1, 0)))
        .hasMessageContaining("tensor t: ")
        .hasMessageContaining("[0, 1]");
    assertRefused(one(64, out -> tensor(out, F32, 0, -1)))
        .hasMessageContaining("tensor t: ")
        .hasMessageContaining("[-1]");
  }

  @Test
  void rejectsElementCountsThatOverflow() {
    assertRefused(one(64, out -> tensor(out, F32, 0, 1L << 32, 1L << 32)))
        .hasMessageContaining("does not fit 63 bits");
    assertRefused(one(64, out -> tensor(out, F32, 0, Long.MAX_VALUE)))
        .hasMessageContaining("does not fit 63 bits");
    assertRefused(one(64, out -> tensor(out, F32, 0, 1L << 60)))
        .hasMessageContaining("tensor t needs 4611686018427387904 bytes");
  }

  @Test
  void rejectsRowsThatAreNotWholeBlocks() {
    assertRefused(one(64, out -> tensor(out, Q8_0, 0, 33, 32)))
        .hasMessageEndingWith(
            "tensor t: expected rows in multiples of 32 elements for Q8_0, got [32, 33]");
  }

  @Test
  void rejectsUnknownTensorTypes() {
    assertRefused(one(64, out -> tensor(out, 200, 0, 1)))
        .hasMessageEndingWith("tensor t: expected the id of a ggml tensor type, got 200");
    assertRefused(one(64, out -> tensor(out, 31, 0, 1)))
        .hasMessageEndingWith("tensor t: type 31 was removed from ggml; convert the model again");
  }

  private static byte[] one(int dataBytes, Consumer<LittleEndianBytes> table) {
    return RawGguf.withTensors(1, dataBytes, table);
  }

  private static void tensor(LittleEndianBytes out, int type, long offset, long... axes) {
    RawGguf.tensor(out, "t", type, offset, axes);
  }

  private static AbstractThrowableAssert<?, ? extends Throwable> assertRefused(byte[] file) {
    return assertThatThrownBy(() -> RawGguf.parse(file))
        .isInstanceOf(GgufFormatException.class)
        .hasMessageStartingWith("crafted.gguf, byte ");
  }
}
