package dev.jmr.tensor.quant;

/// The signs of 8 elements as bits, element 0 lowest; a set bit is a minus.
final class Signs {
  private Signs() {}

  /// IQ2_XXS, IQ2_XS and IQ3_XXS keep seven of the eight: the number of minuses is always even.
  static int completeToEven(int seven) {
    return seven | (Integer.bitCount(seven) & 1) << 7;
  }

  static int of(int signs, int i) {
    return ((signs >> i) & 1) == 1 ? -1 : 1;
  }
}
