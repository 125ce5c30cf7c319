package dev.jmr.kernels.gpu.tornado.kernel;

import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/// Weights four at a time, which takes a quarter of the loads of [Blocks]: `scale · code - minimum` with codes from 0 on.
///
/// A half is 16 neighbours of a row that have one scale, a quad 4 neighbours of a half. Codes of a quad are the bytes of an
/// int, the first one in its lowest byte; signed types get codes from 0 on by a minimum. Float16 has no codes.
final class Quads {
  /// Elements of a half.
  static final int HALF = 16;

  private static final int NIBBLES = 0x0f0f0f0f;

  private Quads() {}

  /// Four bytes; `at` is even, as no block begins at an odd place.
  private static int word(IntArray data, int at) {
    int low = data.get(at >> 2);
    return (at & 2) == 0 ? low : ((low >> 16) & 0xffff) | (data.get((at >> 2) + 1) << 16);
  }

  /// What codes of a half are multiplied by.
  static float scale(int type, IntArray data, int block, int half) {
    float scale = Blocks.scale(type, data, block, half >> 1);
    return type == Blocks.Q6_K ? scale * Blocks.s8(data, block + 192 + (half & 15)) : scale;
  }

  /// What is subtracted from each element of a half with this scale.
  static float minimum(int type, IntArray data, int block, int half, float scale) {
    if (type == Blocks.Q8_0) {
      return 128f * scale;
    }
    if (type == Blocks.Q4_0) {
      return 8f * scale;
    }
    return type == Blocks.Q6_K ? 32f * scale : Blocks.minimum(type, data, block, half >> 1);
  }

  /// The codes of a quad.
  static int codes(int type, IntArray data, int block, int half, int quad) {
    int sub = (half >> 1) & 7;
    int byteOfUnit = (half & 1) * HALF + quad * 4;
    if (type == Blocks.F16) {
      return 0;
    }
    if (type == Blocks.Q8_0) {
      return word(data, block + 2 + byteOfUnit) ^ 0x80808080;
    }
    if (type == Blocks.Q4_0) {
      return (word(data, block + 2 + quad * 4) >> ((half & 1) << 2)) & NIBBLES;
    }
    if (type == Blocks.Q6_K) {
      int part = sub >> 2;
      int quarter = sub & 3;
      int low = word(data, block + part * 64 + (quarter & 1) * 32 + byteOfUnit);
      int high = word(data, block + 128 + part * 32 + byteOfUnit);
      return ((low >> ((quarter >> 1) << 2)) & NIBBLES)
          | (((high >> (quarter << 1)) & 0x03030303) << 4);
    }
    int codes = type == Blocks.Q5_K ? 48 : 16;
    int low = word(data, block + codes + (sub >> 1) * 32 + byteOfUnit);
    int nibbles = (low >> ((sub & 1) << 2)) & NIBBLES;
    return type == Blocks.Q5_K
        ? nibbles | (((word(data, block + 16 + byteOfUnit) >> sub) & 0x01010101) << 4)
        : nibbles;
  }

  /// Element `i` of a quad before it is scaled.
  static float code(int type, IntArray data, int block, int half, int quad, int codes, int i) {
    return type == Blocks.F16
        ? Blocks.half(data, block + 2 * ((half & 1) * HALF + quad * 4 + i))
        : (codes >> (i << 3)) & 0xff;
  }
}
