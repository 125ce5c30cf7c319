package dev.jmr.kernels.cpu.linear;

import static dev.jmr.kernels.cpu.vector.Lanes.INTS;

import dev.jmr.tensor.TensorType;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.IntVector;

/// The sixteen levels that a 4-bit code chooses from, as vectors to look codes up in: `codes.selectFrom(levels)`. Of each
/// code only the lowest four bits count. Loops keep the levels in locals.
///
/// The levels are those of the reference decoders. As floats (their bits) they are for vectors of 16 lanes alone, with
/// fewer lanes there are only the first few; as bytes, made unsigned by an excess, for any.
final class Codebook16 {
  /// What the levels of [#IQ4_BYTES] are too large by.
  static final int EXCESS = 128;

  /// What the doubled levels of [#MXFP4_BYTES] are too large by: no more than needed, as it cancels in sums.
  static final int MXFP4_EXCESS = 12;

  private static final int[] IQ4_LEVELS = levels(TensorType.IQ4_NL, 0x00, 0x3C);
  private static final int[] MXFP4_DOUBLED = levels(TensorType.MXFP4, 128);

  /// Those of IQ4_NL and IQ4_XS: -127 to 113.
  static final IntVector IQ4_FLOATS = floats(IQ4_LEVELS, 1);

  static final ByteVector IQ4_BYTES = bytes(IQ4_LEVELS, EXCESS);

  /// Those of MXFP4: -6 to 6, in halves; as bytes doubled.
  static final IntVector MXFP4_FLOATS = floats(MXFP4_DOUBLED, 0.5f);

  static final ByteVector MXFP4_BYTES = bytes(MXFP4_DOUBLED, MXFP4_EXCESS);

  private Codebook16() {}

  /// Decodes a block of 32 elements that has every code among its low nibbles.
  ///
  /// @param scale the bytes at the head of the block that mean a scale of 1
  private static int[] levels(TensorType type, int... scale) {
    byte[] block = new byte[type.blockBytes()];
    for (int i = 0; i < scale.length; i++) {
      block[i] = (byte) scale[i];
    }
    for (int code = 0; code < 16; code++) {
      block[scale.length + code] = (byte) code;
    }
    float[] decoded = new float[type.blockSize()];
    type.format().dequantize(MemorySegment.ofArray(block), 0, decoded, 0, decoded.length);
    int[] levels = new int[16];
    for (int code = 0; code < 16; code++) {
      levels[code] = (int) decoded[code];
    }
    return levels;
  }

  private static IntVector floats(int[] levels, float factor) {
    int[] bits = new int[16];
    for (int code = 0; code < 16; code++) {
      bits[code] = Float.floatToRawIntBits(levels[code] * factor);
    }
    return IntVector.fromArray(INTS, bits, 0);
  }

  private static ByteVector bytes(int[] levels, int excess) {
    byte[] bytes = new byte[16];
    for (int code = 0; code < 16; code++) {
      bytes[code] = (byte) (levels[code] + excess);
    }
    return ByteVector.fromArray(ByteVector.SPECIES_128, bytes, 0);
  }
}
