package dev.jmr.kernels.cpu.stage;

import static dev.jmr.kernels.cpu.vector.Lanes.PAD;

import dev.jmr.tensor.graph.Glu;

/// The gated hidden layer of each pair of token and expert: `glu(gate · x, up · x)`.
///
/// A chunk is some rows of one expert for all tokens that chose it, so that its weights are read once.
final class ExpertHiddenStage implements Stage {
  /// One expert's projections.
  record Expert(Projection gate, Projection up) {}

  private final ExpertRouting routing;
  private final Expert[] experts;
  private final Glu glu;
  private final int gateBuffer;
  private final int upBuffer;
  private final int out;
  private final int rowsPerChunk;

  ExpertHiddenStage(
      ExpertRouting routing, Expert[] experts, Glu glu, int gateBuffer, int upBuffer, int out) {
    this.routing = routing;
    this.experts = experts;
    this.glu = glu;
    this.gateBuffer = gateBuffer;
    this.upBuffer = upBuffer;
    this.out = out;
    this.rowsPerChunk = experts[0].gate.dotRows;
  }

  @Override
  public int chunks(Step step) {
    return experts.length * Math.ceilDiv(experts[0].gate.rows, rowsPerChunk);
  }

  @Override
  public void run(int chunk, Step step, Worker worker) {
    int index = chunk % experts.length;
    Expert expert = experts[index];
    int row = chunk / experts.length * rowsPerChunk;
    int rows = expert.gate.rows;
    int count = Math.min(rowsPerChunk, rows - row);
    float[] both = worker.gateAndUp(2 * count);
    for (int i = routing.first[index]; i < routing.first[index + 1]; i++) {
      int pair = routing.pairs[i];
      int token = pair / routing.used();
      project(expert.gate, gateBuffer, token, row, count, step, both, 0, worker);
      project(expert.up, upBuffer, token, row, count, step, both, count, worker);
      GatedActivationStage.apply(
          glu, both, 0, count, step.workspace, out + pair * rows + row, count);
    }
  }

  private static void project(
      Projection projection,
      int buffer,
      int token,
      int row,
      int count,
      Step step,
      float[] target,
      int to,
      Worker worker) {
    int packed = projection.packedLength();
    projection.dot(row, count, step.packed[buffer], PAD + token * packed, target, to, worker);
  }
}
