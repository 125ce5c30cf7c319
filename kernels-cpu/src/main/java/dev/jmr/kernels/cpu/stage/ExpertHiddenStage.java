package dev.jmr.kernels.cpu.stage;

import static dev.jmr.kernels.cpu.vector.Lanes.PAD;

import dev.jmr.tensor.graph.ExpertSpec;

/// The gated hidden layer of each pair of token and expert: `glu(gate · x, up · x)`.
///
/// A chunk is some rows of one expert for all tokens that chose it, so that its weights are read once.
final class ExpertHiddenStage implements Stage {
  private final ExpertRouting routing;
  private final ExpertProjection gate;
  private final ExpertProjection up;
  private final ExpertSpec spec;
  private final int gateBuffer;
  private final int upBuffer;
  private final int out;
  private final int rowsPerChunk;

  ExpertHiddenStage(
      ExpertRouting routing,
      ExpertProjection gate,
      ExpertProjection up,
      ExpertSpec spec,
      int gateBuffer,
      int upBuffer,
      int out) {
    this.routing = routing;
    this.gate = gate;
    this.up = up;
    this.spec = spec;
    this.gateBuffer = gateBuffer;
    this.upBuffer = upBuffer;
    this.out = out;
    this.rowsPerChunk = gate.of(0).dotRows;
  }

  @Override
  public int chunks(Step step) {
    return gate.count() * Math.ceilDiv(gate.of(0).rows, rowsPerChunk);
  }

  @Override
  public void run(int chunk, Step step, Worker worker) {
    int expert = chunk % gate.count();
    int row = chunk / gate.count() * rowsPerChunk;
    int rows = gate.of(0).rows;
    int count = Math.min(rowsPerChunk, rows - row);
    float[] both = worker.gateAndUp(2 * count);
    for (int i = routing.first[expert]; i < routing.first[expert + 1]; i++) {
      int pair = routing.pairs[i];
      int token = pair / routing.used();
      float factor = spec.weighted() == ExpertSpec.Weighted.INPUT ? routing.weights[pair] : 1;
      project(gate.of(expert), gateBuffer, token, row, count, step, both, 0, worker);
      project(up.of(expert), upBuffer, token, row, count, step, both, count, worker);
      gate.finish(expert, row, count, factor, both, 0);
      up.finish(expert, row, count, factor, both, count);
      GatedActivationStage.apply(
          spec.glu(), both, 0, count, step.workspace, out + pair * rows + row, count);
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
