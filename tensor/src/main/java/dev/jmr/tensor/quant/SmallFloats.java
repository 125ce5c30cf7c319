package dev.jmr.tensor.quant;

/// Floats of 4 and 8 bits, as MXFP4 and NVFP4 blocks hold them.
///
/// The 4-bit ones come doubled, because then they are whole numbers, and the 8-bit ones halved, so that their product
/// is the value that was meant. Source: OCP Microscaling Formats 1.0.
final class SmallFloats {
  private static final byte[] E2M1_MAGNITUDES = {0, 1, 2, 3, 4, 6, 8, 12};

  private SmallFloats() {}

  /// Twice a 4-bit float: sign, two bits of exponent, one of mantissa. Negative zero is plain zero.
  static int doubledE2M1(int code) {
    int magnitude = E2M1_MAGNITUDES[code & 7];
    return code < 8 ? magnitude : -magnitude;
  }

  /// Half a power of two, given by its exponent plus 127.
  static float halvedE8M0(int code) {
    return Math.scalb(1f, code - 128);
  }

  /// Half an 8-bit float without sign: four bits of exponent, three of mantissa. Not-a-number (0x7f) is 0; the top bit
  /// is ignored, which makes 0xff a number, as in ggml.
  static float halvedE4M3(int code) {
    if (code == 0x7f) {
      return 0;
    }
    int exponent = (code >> 3) & 0xf;
    int mantissa = code & 7;
    return exponent == 0
        ? Math.scalb((float) mantissa, -10)
        : Math.scalb((float) (8 + mantissa), exponent - 11);
  }
}
