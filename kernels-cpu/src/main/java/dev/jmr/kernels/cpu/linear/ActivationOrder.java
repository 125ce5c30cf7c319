package dev.jmr.kernels.cpu.linear;

/// How a kernel wants the columns of a row of activations: permuted, scaled, and with sums over ranges of columns that
/// multiply what all weights of the range have in common (their minimum or zero point).
///
/// A packed row is `columns` floats in the kernel's order, then `sumCount` floats for each block.
public final class ActivationOrder {
  private final int[] source;
  private final float[] scale;
  private final int sumCount;
  private final int sumWidth;
  private final int firstSum;
  private final float sumFactor;

  private ActivationOrder(
      int[] source, float[] scale, int sumCount, int sumWidth, int firstSum, float sumFactor) {
    this.source = source;
    this.scale = scale;
    this.sumCount = sumCount;
    this.sumWidth = sumWidth;
    this.firstSum = firstSum;
    this.sumFactor = sumFactor;
  }

  /// Columns as they are, in blocks of `blockLength`.
  static ActivationOrder natural(int blockLength) {
    int[] source = new int[blockLength];
    float[] scale = new float[blockLength];
    for (int i = 0; i < blockLength; i++) {
      source[i] = i;
      scale[i] = 1;
    }
    return new ActivationOrder(source, scale, 0, 1, 0, 0);
  }

  /// Columns permuted within blocks.
  ///
  /// @param source for each place of a block the column that goes there
  /// @param scale multiplies the activation at that place; powers of two
  static ActivationOrder permuted(int[] source, float[] scale) {
    return new ActivationOrder(source.clone(), scale.clone(), 0, 1, 0, 0);
  }

  /// The same order with `sumCount` sums per block: sum `i >= firstSum` is `factor` times the sum of the columns from
  /// `(i - firstSum) · width` on; sums before `firstSum` are zero.
  ActivationOrder withSums(int count, int width, int first, float factor) {
    return new ActivationOrder(source, scale, count, width, first, factor);
  }

  /// Columns in a block; a row must be a whole number of them.
  public int blockLength() {
    return source.length;
  }

  /// Floats of a packed row.
  public int packedLength(int columns) {
    return columns + columns / source.length * sumCount;
  }

  /// Packs the blocks `firstBlock` to `lastBlock` (exclusive) of a row of `columns` activations.
  public void pack(
      float[] x, int xOffset, int columns, int firstBlock, int lastBlock, float[] out, int offset) {
    int length = source.length;
    for (int block = firstBlock; block < lastBlock; block++) {
      int from = xOffset + block * length;
      int to = offset + block * length;
      for (int i = 0; i < length; i++) {
        out[to + i] = x[from + source[i]] * scale[i];
      }
      if (sumCount > 0) {
        sum(x, from, out, offset + columns + block * sumCount);
      }
    }
  }

  private void sum(float[] x, int from, float[] out, int to) {
    for (int i = 0; i < sumCount; i++) {
      float sum = 0;
      if (i >= firstSum) {
        int start = from + (i - firstSum) * sumWidth;
        for (int k = 0; k < sumWidth; k++) {
          sum += x[start + k];
        }
      }
      out[to + i] = sum * sumFactor;
    }
  }

  /// Transposes tokens into lanes: place `k` of token `lane` goes to `panel[offset + k · width + lane]`, unscaled.
  ///
  /// @param rows tokens that exist; the lanes after them up to `width` are filled with zeros
  public void packPanel(
      float[] x, int xOffset, int columns, int rows, int width, float[] panel, int offset) {
    int length = source.length;
    for (int column = 0; column < columns; column += length) {
      int to = offset + column * width;
      for (int lane = 0; lane < rows; lane++) {
        int from = xOffset + lane * columns + column;
        for (int i = 0; i < length; i++) {
          panel[to + i * width + lane] = x[from + source[i]];
        }
      }
      for (int lane = rows; lane < width; lane++) {
        for (int i = 0; i < length; i++) {
          panel[to + i * width + lane] = 0;
        }
      }
    }
  }
}
