package dev.jmr.kernels.gpu.tornado.kernel;

import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/// Weights in their own block formats, read four bytes at a time. A unit is 32 neighbours of a row.
public final class Blocks {
  /// Types by number; compiled in, so that of each choice one branch is left.
  public static final int F16 = 1;

  /// See [dev.jmr.tensor.quant.Q8_0].
  public static final int Q8_0 = 2;

  /// See [dev.jmr.tensor.quant.Q4_0].
  public static final int Q4_0 = 3;

  /// See [dev.jmr.tensor.quant.Q4_K].
  public static final int Q4_K = 4;

  /// See [dev.jmr.tensor.quant.Q5_K].
  public static final int Q5_K = 5;

  /// See [dev.jmr.tensor.quant.Q6_K].
  public static final int Q6_K = 6;

  /// Elements of a unit.
  public static final int UNIT = 32;

  private Blocks() {}

  static int u8(IntArray data, int at) {
    return (data.get(at >> 2) >> ((at & 3) << 3)) & 0xff;
  }

  static int s8(IntArray data, int at) {
    int value = u8(data, at);
    return value > 127 ? value - 256 : value;
  }

  /// Two bytes as a float16; `at` is even.
  static float half(IntArray data, int at) {
    return halfOf((data.get(at >> 2) >> ((at & 2) << 3)) & 0xffff);
  }

  /// The number that 16 bits stand for, by arithmetic: devices differ in what else they offer. Infinities become large.
  static float halfOf(int bits) {
    int exponent = (bits >> 10) & 31;
    int mantissa = bits & 1023;
    float power = 1f;
    int steps = exponent == 0 ? 1 : exponent;
    power = (steps & 1) != 0 ? power * 2f : power;
    power = (steps & 2) != 0 ? power * 4f : power;
    power = (steps & 4) != 0 ? power * 16f : power;
    power = (steps & 8) != 0 ? power * 256f : power;
    power = (steps & 16) != 0 ? power * 65536f : power;
    float value = (exponent == 0 ? mantissa : mantissa + 1024) * 2.9802322e-8f * power;
    return (bits & 0x8000) != 0 ? -value : value;
  }

  /// Bytes of a row of so many units.
  static int rowBytes(int type, int units) {
    if (type == F16) {
      return units * 64;
    }
    if (type == Q8_0) {
      return units * 34;
    }
    if (type == Q4_0) {
      return units * 18;
    }
    if (type == Q4_K) {
      return units / 8 * 144;
    }
    return type == Q5_K ? units / 8 * 176 : units / 8 * 210;
  }

  /// The first byte of the block that holds a unit.
  static int block(int type, int row, int unit) {
    if (type == F16) {
      return row + unit * 64;
    }
    if (type == Q8_0) {
      return row + unit * 34;
    }
    if (type == Q4_0) {
      return row + unit * 18;
    }
    int size = type == Q4_K ? 144 : type == Q5_K ? 176 : 210;
    return row + unit / 8 * size;
  }

  /// What codes of the unit are multiplied by; of Q6_K what its scales are multiplied by.
  static float scale(int type, IntArray data, int block, int unit) {
    if (type == F16) {
      return 1f;
    }
    if (type == Q6_K) {
      return half(data, block + 208);
    }
    float d = half(data, block);
    return type == Q4_K || type == Q5_K ? d * scale6(data, block + 4, unit & 7) : d;
  }

  /// What is subtracted from each element of the unit.
  static float minimum(int type, IntArray data, int block, int unit) {
    return type == Q4_K || type == Q5_K
        ? half(data, block + 2) * minimum6(data, block + 4, unit & 7)
        : 0f;
  }

  private static int scale6(IntArray data, int at, int sub) {
    return sub < 4
        ? u8(data, at + sub) & 63
        : (u8(data, at + sub + 4) & 15) | ((u8(data, at + sub - 4) >> 6) << 4);
  }

  private static int minimum6(IntArray data, int at, int sub) {
    return sub < 4
        ? u8(data, at + sub + 4) & 63
        : (u8(data, at + sub + 4) >> 4) | ((u8(data, at + sub) >> 6) << 4);
  }

  /// Element `i` of a unit before it is scaled.
  static float code(int type, IntArray data, int block, int unit, int i) {
    if (type == F16) {
      return half(data, block + 2 * i);
    }
    if (type == Q8_0) {
      return s8(data, block + 2 + i);
    }
    if (type == Q4_0) {
      int nibbles = u8(data, block + 2 + (i & 15));
      return (i < 16 ? nibbles & 15 : nibbles >> 4) - 8;
    }
    int sub = unit & 7;
    if (type == Q4_K) {
      return (u8(data, block + 16 + (sub >> 1) * 32 + i) >> ((sub & 1) << 2)) & 15;
    }
    if (type == Q5_K) {
      int low = (u8(data, block + 48 + (sub >> 1) * 32 + i) >> ((sub & 1) << 2)) & 15;
      return low + ((u8(data, block + 16 + i) >> sub) & 1) * 16;
    }
    int part = sub >> 2;
    int quarter = sub & 3;
    int low = (u8(data, block + part * 64 + (quarter & 1) * 32 + i) >> ((quarter >> 1) << 2)) & 15;
    int high = (u8(data, block + 128 + part * 32 + i) >> (quarter << 1)) & 3;
    int scale = s8(data, block + 192 + part * 8 + quarter * 2 + (i >> 4));
    return (low + high * 16 - 32) * scale;
  }
}
