package dev.jmr.kernels.gpu.tornado;

import dev.jmr.kernels.gpu.tornado.kernel.Blocks;
import dev.jmr.tensor.TensorType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;

/// How blocks of types that kernels do not know are written for them. No number changes: each is a product of the block's
/// own factors and a whole number, which other blocks hold as well.
///
/// Bit layouts: see [dev.jmr.tensor.quant.Q8_0], [dev.jmr.tensor.quant.Q6_K] and [dev.jmr.tensor.quant.Q3_K].
enum Conversion {
  /// Numbers that float16 can hold.
  TO_F16(Blocks.F16, 32, 64) {
    @Override
    void write(
        MemorySegment data, long block, float[] numbers, int at, MemorySegment out, long to) {
      for (int i = 0; i < 32; i++) {
        out.set(SHORT, to + 2L * i, Float.floatToFloat16(numbers[at + i]));
      }
    }
  },

  /// Blocks of 32 that begin with their factor.
  TO_Q8_0(Blocks.Q8_0, 32, 34) {
    @Override
    void write(
        MemorySegment data, long block, float[] numbers, int at, MemorySegment out, long to) {
      short factor = data.get(SHORT, block);
      float d = Float.float16ToFloat(factor);
      out.set(SHORT, to, factor);
      for (int i = 0; i < 32; i++) {
        out.set(BYTE, to + 2 + i, (byte) whole(numbers[at + i], d));
      }
    }
  },

  /// Q3_K: 16 scales of 6 bits, four in three bytes, and a factor at the end.
  TO_Q6_K(Blocks.Q6_K, 256, 210) {
    @Override
    void write(
        MemorySegment data, long block, float[] numbers, int at, MemorySegment out, long to) {
      short factor = data.get(SHORT, block + 108);
      float d = Float.float16ToFloat(factor);
      for (int i = 0; i < 192; i++) {
        out.set(BYTE, to + i, (byte) 0);
      }
      for (int i = 0; i < 256; i++) {
        int scale = scale(data, block + 96, i / 16);
        out.set(BYTE, to + 192 + i / 16, (byte) scale);
        int code = whole(numbers[at + i], d * scale) + 32;
        int half = i / 128;
        int quarter = i / 32 % 4;
        int low = half * 64 + quarter % 2 * 32 + i % 32;
        int high = 128 + half * 32 + i % 32;
        or(out, to + low, (code & 15) << (quarter / 2 * 4));
        or(out, to + high, (code >> 4) << (quarter * 2));
      }
      out.set(SHORT, to + 208, factor);
    }

    private static int scale(MemorySegment data, long scales, int i) {
      int low = data.get(BYTE, scales + i % 8) >> (i / 8 * 4) & 15;
      int high = data.get(BYTE, scales + 8 + i % 4) >> (i / 4 * 2) & 3;
      return (low | high << 4) - 32;
    }

    private static void or(MemorySegment out, long at, int bits) {
      out.set(BYTE, at, (byte) (out.get(BYTE, at) | bits));
    }
  };

  private static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;
  private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED;

  /// The type that comes out, one of [Blocks]'.
  final int type;

  /// Elements of a block that comes out.
  final int blockSize;

  /// Bytes of a block that comes out.
  final int blockBytes;

  Conversion(int type, int blockSize, int blockBytes) {
    this.type = type;
    this.blockSize = blockSize;
    this.blockBytes = blockBytes;
  }

  /// Writes a block.
  ///
  /// @param data what it is made of
  /// @param block where this is in `data`, if blocks are of the same size
  /// @param numbers those of the block, from `at` on
  abstract void write(
      MemorySegment data, long block, float[] numbers, int at, MemorySegment out, long to);

  private static int whole(float number, float factor) {
    return factor == 0 ? 0 : Math.round(number / factor);
  }

  /// Bytes of so many elements.
  long bytes(long elements) {
    return elements / blockSize * blockBytes;
  }

  /// What keeps a type's numbers; what no block keeps becomes float32.
  static Optional<Conversion> of(TensorType type) {
    return Optional.ofNullable(
        switch (type) {
          case BF16, MXFP4, NVFP4, TQ1_0, TQ2_0 -> TO_F16;
          case Q5_0, IQ4_NL -> TO_Q8_0;
          case Q3_K -> TO_Q6_K;
          default -> null;
        });
  }
}
