package dev.jmr.tensor.graph;

import dev.jmr.tensor.ShapeMismatchException;
import dev.jmr.tensor.Tensor;
import java.util.Optional;

/// One matrix for each expert: rows `firstRow` to `firstRow + rows` of each `[R, I]` in a stack of them.
///
/// Where a file has gate and up projections in one tensor, they are two such views of it.
///
/// @param weight `[X, R, I]`
/// @param bias `[X, R]` of type F32, added to the product
/// @param firstRow the first of a matrix's rows in each stacked one
/// @param rows how many there are: `O`
public record ExpertMatrices(Tensor weight, Optional<Tensor> bias, int firstRow, int rows) {

  public ExpertMatrices {
    requireRank(weight);
    long stacked = weight.shape().axis(1);
    if (firstRow < 0 || rows < 1 || firstRow > stacked - rows) {
      throw new ShapeMismatchException(
          "mixture of experts %s: expected rows in 0..%d of each expert, got %d from %d on"
              .formatted(weight.name(), stacked - 1, rows, firstRow));
    }
  }

  /// All rows, without a bias.
  public static ExpertMatrices of(Tensor weight) {
    return of(weight, Optional.empty());
  }

  /// All rows.
  public static ExpertMatrices of(Tensor weight, Optional<Tensor> bias) {
    requireRank(weight);
    return new ExpertMatrices(weight, bias, 0, Math.toIntExact(weight.shape().axis(1)));
  }

  /// Row `row` of expert `expert`, all rows of the weight and the elements of the bias counted together.
  public long row(int expert, int row) {
    return expert * weight.shape().axis(1) + firstRow + row;
  }

  /// Bytes of all experts' rows.
  public long byteSize() {
    return weight.shape().axis(0) * rows * weight.rowBytes();
  }

  /// Whether there are no other rows in the tensor.
  boolean whole() {
    return rows == weight.shape().axis(1);
  }

  private static void requireRank(Tensor weight) {
    if (weight.shape().rank() != 3) {
      throw new ShapeMismatchException(
          "mixture of experts %s: expected 3 axes, got %s"
              .formatted(weight.name(), weight.shape()));
    }
  }
}
