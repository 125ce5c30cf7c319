package dev.jmr.tensor.backend;

import dev.jmr.tensor.TensorException;
import dev.jmr.tensor.graph.GraphSplit;
import java.util.ArrayList;
import java.util.List;

/// The two parts of a graph, one after the other. Owns and closes both.
final class SplitExecutable implements Executable {
  private final BatchBounds bounds;
  private final Executable first;
  private final Executable second;
  private final int resultWidth;

  /// What the second part takes from the first.
  private final float[] border;

  /// For each number of tokens that was met: all of them.
  private final int[][] everyToken;

  /// @param bounds of the whole graph
  SplitExecutable(
      BatchBounds bounds, Executable first, Executable second, int resultWidth, GraphSplit split) {
    this.bounds = bounds;
    this.first = first;
    this.second = second;
    this.resultWidth = resultWidth;
    this.border = new float[Math.multiplyExact(bounds.tokens(), split.second().givenWidth())];
    this.everyToken = new int[bounds.tokens() + 1][0];
  }

  @Override
  public void run(Batch batch, float[] logits) {
    batch.validate(bounds);
    long count = (long) batch.outputCount() * resultWidth;
    if (logits.length < count) {
      throw new TensorException(
          "logits: expected room for %d floats, got %d".formatted(count, logits.length));
    }
    first.run(on(batch, everyToken(batch.tokenCount()), batch.given()), border);
    second.run(on(batch, batch.outputRows(), border), logits);
  }

  private static Batch on(Batch batch, int[] outputRows, float[] given) {
    return new Batch(
        batch.tokens(),
        batch.positions(),
        batch.sequences(),
        batch.pageTables(),
        outputRows,
        given);
  }

  private int[] everyToken(int count) {
    if (everyToken[count].length != count) {
      int[] rows = new int[count];
      for (int t = 0; t < count; t++) {
        rows[t] = t;
      }
      everyToken[count] = rows;
    }
    return everyToken[count];
  }

  @Override
  public OpProfile profile() {
    List<OpProfile.Entry> entries = new ArrayList<>(first.profile().entries());
    entries.addAll(second.profile().entries());
    return new OpProfile(entries);
  }

  @Override
  public void close() {
    try (first;
        second) {
      // The try statement closes them, the last first, each even if another fails.
    }
  }
}
