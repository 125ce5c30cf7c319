package dev.jmr.kernels.gpu.tornado.kernel;

/// Floats as float16, by arithmetic.
final class Halves {
  private Halves() {}

  /// The 16 bits of the nearest float16, ties to even; what is too large becomes the largest.
  static int bits(float value) {
    float size = value < 0f ? -value : value;
    int exponent = 15;
    while (size >= 2f && exponent < 31) {
      size = size * 0.5f;
      exponent++;
    }
    while (size < 1f && exponent > 1) {
      size = size * 2f;
      exponent--;
    }
    // Between 1 and 2 now, or below 1 with the smallest exponent: then it has no leading one.
    float scaled = size * 1024f;
    int mantissa = (int) scaled;
    float rest = scaled - mantissa;
    if (rest > 0.5f || (rest == 0.5f && (mantissa & 1) != 0)) {
      mantissa++;
    }
    int bits = mantissa < 1024 ? mantissa : exponent * 1024 + (mantissa - 1024);
    bits = bits > 0x7bff ? 0x7bff : bits;
    return value < 0f ? bits | 0x8000 : bits;
  }
}
