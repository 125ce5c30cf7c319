package dev.jmr.model.embedding;

import java.util.Arrays;

/// Collects the hidden states of one text, row by row, and makes its embedding of them.
///
/// Only the rows from [#firstRow] to [#endRow] are wanted, one per position, so that nobody need compute the others.
/// Source: llama.cpp `llm_graph_context::build_pooling`. Not for use by several threads.
public final class PooledText {
  private final Pooling pooling;
  private final int width;
  private final int firstRow;
  private final int endRow;
  private final float[][] vectors;
  private int rows;

  /// @param pooling any but [Pooling#RANK], which is a head's work
  /// @param length tokens of the text, at least one
  /// @param width floats in a row
  public PooledText(Pooling pooling, int length, int width) {
    if (length < 1 || width < 1) {
      throw new IllegalArgumentException(
          "pooled text: expected tokens and a width, got %d and %d".formatted(length, width));
    }
    this.pooling = pooling;
    this.width = width;
    this.firstRow = pooling == Pooling.LAST ? length - 1 : 0;
    this.endRow =
        switch (pooling) {
          case NONE, MEAN, LAST -> length;
          case CLS -> 1;
          case RANK ->
              throw new IllegalArgumentException(
                  "pooled text: expected a pooling that makes vectors, got rank");
        };
    this.vectors = new float[pooling == Pooling.NONE ? length : 1][];
  }

  /// The first position whose row is wanted.
  public int firstRow() {
    return firstRow;
  }

  /// The position behind the last one whose row is wanted.
  public int endRow() {
    return endRow;
  }

  /// How many of the positions `from` (inclusive) to `to` (exclusive) have a row that is wanted.
  public int wantedRows(int from, int to) {
    return Math.max(0, Math.min(to, endRow) - Math.max(from, firstRow));
  }

  /// Takes the row of the next position that is wanted: `width` floats of `values` from `offset` on, which are copied.
  public void add(float[] values, int offset) {
    if (rows == endRow - firstRow) {
      throw new IllegalStateException("pooled text: expected %d rows, got more".formatted(rows));
    }
    if (pooling == Pooling.MEAN && rows > 0) {
      float[] sum = vectors[0];
      for (int i = 0; i < width; i++) {
        sum[i] += values[offset + i];
      }
    } else {
      vectors[pooling == Pooling.NONE ? rows : 0] =
          Arrays.copyOfRange(values, offset, offset + width);
    }
    rows++;
  }

  /// The embedding, once all wanted rows are there: one vector per token for [Pooling#NONE], otherwise one. To be called
  /// once; the caller owns what it gets.
  public float[][] vectors() {
    if (rows < endRow - firstRow) {
      throw new IllegalStateException(
          "pooled text: expected %d rows, got %d".formatted(endRow - firstRow, rows));
    }
    if (pooling == Pooling.MEAN) {
      for (int i = 0; i < width; i++) {
        vectors[0][i] /= rows;
      }
    }
    return vectors;
  }
}
