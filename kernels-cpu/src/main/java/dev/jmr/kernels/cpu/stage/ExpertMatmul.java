package dev.jmr.kernels.cpu.stage;

import static dev.jmr.kernels.cpu.vector.Lanes.PAD;

import dev.jmr.kernels.cpu.linear.PanelMatmul;

/// Multiplies the slots of each active expert with that expert's matrices; the result's rows are in the order of slots.
///
/// Chunks go through the matrices one after the other, so that a worker reads long streams. All tokens of an expert are
/// one chunk's, so that its weights are read and unpacked once.
final class ExpertMatmul {
  /// One of the matmuls.
  ///
  /// @param out where its result begins in the workspace
  record Part(ExpertProjection matrices, ExpertBuffer buffer, int out) {}

  private final ExpertRouting routing;
  private final int[] rowOfSlot;
  private final Part[] parts;
  private final CpuSettings settings;

  /// @param rowOfSlot which packed row belongs to a slot
  ExpertMatmul(ExpertRouting routing, int[] rowOfSlot, CpuSettings settings, Part... parts) {
    this.routing = routing;
    this.rowOfSlot = rowOfSlot;
    this.settings = settings;
    this.parts = parts;
  }

  private int rowsPerChunk(Projection matrix, int index) {
    return routing.usesRows(index) ? matrix.dotRows : settings.panelRows();
  }

  int chunks() {
    int chunks = 0;
    for (int index = 0; index < routing.activeCount; index++) {
      for (Part part : parts) {
        Projection matrix = part.matrices.of(routing.active[index]);
        chunks += Math.ceilDiv(matrix.rows, rowsPerChunk(matrix, index));
      }
    }
    return chunks;
  }

  void run(int chunk, Step step, Worker worker) {
    int left = chunk;
    for (int index = 0; index < routing.activeCount; index++) {
      for (Part part : parts) {
        Projection matrix = part.matrices.of(routing.active[index]);
        int perChunk = rowsPerChunk(matrix, index);
        int chunks = Math.ceilDiv(matrix.rows, perChunk);
        if (left < chunks) {
          int row = left * perChunk;
          int count = Math.min(perChunk, matrix.rows - row);
          if (routing.usesRows(index)) {
            dot(part, matrix, index, row, count, step, worker);
          } else {
            panels(part, matrix, index, row, count, step, worker);
          }
          return;
        }
        left -= chunks;
      }
    }
  }

  private void dot(
      Part part, Projection matrix, int index, int row, int count, Step step, Worker worker) {
    float[] x = step.packed[part.buffer.index()];
    int packed = matrix.packedLength();
    int tokens = routing.tokenCount(index);
    for (int token = 0; token < tokens; ) {
      int slot = routing.firstSlot(index) + token;
      int from = PAD + rowOfSlot[slot] * packed;
      int to = part.out + slot * matrix.rows + row;
      int together = matrix.tokensTogether(token, tokens);
      if (together == 2) {
        int second = PAD + rowOfSlot[slot + 1] * packed;
        worker.pair.set(from, second, to, to + matrix.rows);
        matrix.dotPair(row, count, x, step.workspace, worker);
      } else {
        matrix.dot(row, count, x, from, step.workspace, to, worker);
      }
      token += together;
    }
  }

  private void panels(
      Part part, Projection matrix, int index, int row, int count, Step step, Worker worker) {
    int panel = routing.panels[index] * PanelMatmul.WIDTH * matrix.columns;
    matrix.multiply(
        row,
        count,
        step.packed[part.buffer.index()],
        part.buffer.panels() + panel,
        routing.tokenCount(index),
        step.workspace,
        part.out + routing.firstSlot(index) * matrix.rows + row,
        matrix.rows,
        worker.panels);
  }
}
