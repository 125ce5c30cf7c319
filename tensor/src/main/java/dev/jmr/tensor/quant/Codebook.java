package dev.jmr.tensor.quant;

/// The points of a lattice that a code can choose: each a few small whole numbers, decoded together.
///
/// Written as text, a point is a word of digits, one for each element: its place among the levels.
final class Codebook {
  private final int dimensions;
  private final byte[] elements;

  private Codebook(int dimensions, byte[] elements) {
    this.dimensions = dimensions;
    this.elements = elements;
  }

  /// @param dimensions elements of a point
  /// @param levels the values that elements can take
  /// @param words the points in the order of their codes, separated by white space
  static Codebook parse(int dimensions, int[] levels, String words) {
    String digits = words.replaceAll("\\s", "");
    byte[] elements = new byte[digits.length()];
    for (int i = 0; i < elements.length; i++) {
      elements[i] = (byte) levels[digits.charAt(i) - '0'];
    }
    return new Codebook(dimensions, elements);
  }

  int size() {
    return elements.length / dimensions;
  }

  int element(int code, int i) {
    return elements[code * dimensions + i];
  }

  /// Writes a point with signs (see [Signs]) and scale to the floats from `at` on.
  void decode(int code, int signs, float scale, float[] target, int at) {
    for (int i = 0; i < dimensions; i++) {
      target[at + i] = scale * element(code, i) * Signs.of(signs, i);
    }
  }
}
