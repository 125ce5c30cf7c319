package dev.jmr.kernels.cpu.stage;

import dev.jmr.tensor.graph.Value;

/// A stage that computes each row of its result from the same row of its inputs. A chunk is a few rows.
abstract class RowStage implements Stage {
  /// Floats that make a chunk worth claiming.
  private static final int CHUNK_FLOATS = 4096;

  private final Value output;
  private final int rowsPerChunk;

  RowStage(Value output) {
    this.output = output;
    this.rowsPerChunk = Math.max(1, CHUNK_FLOATS / output.width());
  }

  @Override
  public final int chunks(Step step) {
    return Math.ceilDiv(step.rows(output), rowsPerChunk);
  }

  @Override
  public final void run(int chunk, Step step, Worker worker) {
    int end = Math.min(step.rows(output), (chunk + 1) * rowsPerChunk);
    for (int row = chunk * rowsPerChunk; row < end; row++) {
      row(row, step);
    }
  }

  abstract void row(int row, Step step);
}
