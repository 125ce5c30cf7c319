package dev.jmr.kernels.cpu.linear;

/// How a kernel wants the columns of a row of activations: permuted, scaled, and with weighted sums over ranges of
/// columns that multiply what all weights of the range have in common (their minimum or zero point).
///
/// A packed row is `columns` floats in the kernel's order, then the sums of each block.
public final class ActivationOrder {
  private final int[] source;
  private final float[] scale;
  private final int[] sumColumns;
  private final float[] sumFactors;

  private ActivationOrder(int[] source, float[] scale, int[] sumColumns, float[] sumFactors) {
    this.source = source;
    this.scale = scale;
    this.sumColumns = sumColumns;
    this.sumFactors = sumFactors;
  }

  /// Columns as they are, in blocks of `blockLength`.
  static ActivationOrder natural(int blockLength) {
    int[] source = new int[blockLength];
    float[] scale = new float[blockLength];
    for (int i = 0; i < blockLength; i++) {
      source[i] = i;
      scale[i] = 1;
    }
    return permuted(source, scale);
  }

  /// Columns permuted within blocks.
  ///
  /// @param source for each place of a block the column that goes there
  /// @param scale multiplies the activation at that place; powers of two
  static ActivationOrder permuted(int[] source, float[] scale) {
    return new ActivationOrder(source.clone(), scale.clone(), new int[0], new float[0]);
  }

  /// The same order with a sum per block for each of `columns`: sum `i` adds the columns from `columns[i]` on, each times
  /// its factor. All sums have as many columns: `factors` holds theirs one after the other.
  ActivationOrder withSums(int[] columns, float[] factors) {
    return new ActivationOrder(source, scale, columns.clone(), factors.clone());
  }

  /// Columns in a block; a row must be a whole number of them.
  public int blockLength() {
    return source.length;
  }

  /// Floats of a packed row.
  public int packedLength(int columns) {
    return columns + columns / source.length * sumColumns.length;
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
      sum(x, from, out, offset + columns + block * sumColumns.length);
    }
  }

  private void sum(float[] x, int from, float[] out, int to) {
    int width = sumColumns.length == 0 ? 0 : sumFactors.length / sumColumns.length;
    for (int i = 0; i < sumColumns.length; i++) {
      int first = from + sumColumns[i];
      float sum = 0;
      for (int k = 0; k < width; k++) {
        sum = Math.fma(sumFactors[i * width + k], x[first + k], sum);
      }
      out[to + i] = sum;
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

  /// The same for tokens that do not follow one another: lane `i` is row `rows[first + i]`.
  ///
  /// @param rows row `r` begins at `xOffset + r · columns`
  /// @param count tokens that exist
  public void packPanel(
      float[] x,
      int xOffset,
      int[] rows,
      int first,
      int count,
      int columns,
      int width,
      float[] panel,
      int offset) {
    int length = source.length;
    for (int column = 0; column < columns; column += length) {
      int to = offset + column * width;
      for (int lane = 0; lane < count; lane++) {
        int from = xOffset + rows[first + lane] * columns + column;
        for (int i = 0; i < length; i++) {
          panel[to + i * width + lane] = x[from + source[i]];
        }
      }
      for (int lane = count; lane < width; lane++) {
        for (int i = 0; i < length; i++) {
          panel[to + i * width + lane] = 0;
        }
      }
    }
  }
}
