package dev.jmr.kernels.cpu.stage;

import static dev.jmr.kernels.cpu.vector.Lanes.PAD;

import dev.jmr.tensor.graph.Value;
import java.util.List;

/// Several matmuls of one value, such as query, key and value projections, as one stage.
final class LinearStage implements Stage {
  /// One of the matmuls.
  ///
  /// @param buffer which packed form of the value it reads
  /// @param out where its result begins in the workspace
  record Part(Projection projection, int buffer, int out) {}

  private final Value input;
  private final Part[] parts;
  private final CpuSettings settings;

  LinearStage(Value input, List<Part> parts, CpuSettings settings) {
    this.settings = settings;
    this.input = input;
    this.parts = parts.toArray(Part[]::new);
  }

  private int rowsPerChunk(Projection projection, int rows) {
    return settings.usesDot(rows) ? projection.dotRows : settings.panelRows();
  }

  @Override
  public int chunks(Step step) {
    int rows = step.rows(input);
    int chunks = 0;
    if (rows > 0) {
      for (Part part : parts) {
        chunks += Math.ceilDiv(part.projection.rows, rowsPerChunk(part.projection, rows));
      }
    }
    return chunks;
  }

  @Override
  public void run(int chunk, Step step, Worker worker) {
    int rows = step.rows(input);
    int index = chunk;
    for (Part part : parts) {
      int perChunk = rowsPerChunk(part.projection, rows);
      int chunks = Math.ceilDiv(part.projection.rows, perChunk);
      if (index < chunks) {
        int first = index * perChunk;
        int count = Math.min(perChunk, part.projection.rows - first);
        if (settings.usesDot(rows)) {
          dot(part, first, count, rows, step, worker);
        } else {
          panels(part, first, count, rows, step, worker);
        }
        return;
      }
      index -= chunks;
    }
  }

  private static void dot(Part part, int first, int count, int rows, Step step, Worker worker) {
    Projection projection = part.projection;
    int packed = projection.packedLength();
    int width = projection.rows;
    float[] x = step.packed[part.buffer];
    for (int row = 0; row < rows; ) {
      int from = PAD + row * packed;
      int to = part.out + row * width + first;
      int together = projection.tokensTogether(row, rows);
      if (together == 2) {
        worker.pair.set(from, from + packed, to, to + width);
        projection.dotPair(first, count, x, step.workspace, worker);
      } else {
        projection.dot(first, count, x, from, step.workspace, to, worker);
      }
      row += together;
    }
  }

  private static void panels(Part part, int first, int count, int rows, Step step, Worker worker) {
    part.projection.multiply(
        first,
        count,
        step.packed[part.buffer],
        PAD,
        rows,
        step.workspace,
        part.out + first,
        part.projection.rows,
        worker.panels);
  }
}
