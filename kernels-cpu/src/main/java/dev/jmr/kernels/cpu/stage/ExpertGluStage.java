package dev.jmr.kernels.cpu.stage;

import static dev.jmr.kernels.cpu.vector.Lanes.PAD;

import dev.jmr.kernels.cpu.linear.ActivationOrder;
import dev.jmr.kernels.cpu.linear.PanelMatmul;
import dev.jmr.tensor.graph.ExpertSpec;
import dev.jmr.tensor.graph.Glu;

/// Finishes the hidden layer of all slots, `glu(gate, up)`, and packs it for the down projection: as panels, or as rows
/// for experts with few tokens. A chunk is a panel, or some columns of a row.
final class ExpertGluStage implements Stage {
  /// Columns per chunk of a row.
  private static final int CHUNK_COLUMNS = 2048;

  private final ExpertRouting routing;
  private final ExpertMatmul.Part gate;
  private final ExpertMatmul.Part up;
  private final Glu glu;
  private final boolean weightedInput;
  private final ActivationOrder order;
  private final int columns;
  private final ExpertBuffer target;
  private final int blocksPerChunk;
  private final int chunksPerRow;

  /// @param gate where its product lies; the hidden layer takes its place
  /// @param down what the hidden layer is packed for
  ExpertGluStage(
      ExpertRouting routing,
      ExpertMatmul.Part gate,
      ExpertMatmul.Part up,
      ExpertSpec spec,
      Projection down,
      ExpertBuffer target) {
    this.routing = routing;
    this.gate = gate;
    this.up = up;
    this.glu = spec.glu();
    this.weightedInput = spec.weighted() == ExpertSpec.Weighted.INPUT;
    this.order = down.kernel.order();
    this.columns = down.columns;
    this.target = target;
    this.blocksPerChunk = Math.max(1, CHUNK_COLUMNS / order.blockLength());
    this.chunksPerRow = Math.ceilDiv(columns / order.blockLength(), blocksPerChunk);
  }

  @Override
  public int chunks(Step step) {
    return routing.panelCount() + routing.rowCount * chunksPerRow;
  }

  @Override
  public void run(int chunk, Step step, Worker worker) {
    if (chunk < routing.panelCount()) {
      packPanel(chunk, step);
    } else {
      int part = chunk - routing.panelCount();
      packRow(part / chunksPerRow, part % chunksPerRow, step);
    }
  }

  private void packPanel(int panel, Step step) {
    int index = 0;
    while (routing.panels[index + 1] <= panel) {
      index++;
    }
    int done = (panel - routing.panels[index]) * PanelMatmul.WIDTH;
    int slot = routing.firstSlot(index) + done;
    int count = Math.min(PanelMatmul.WIDTH, routing.tokenCount(index) - done);
    for (int i = 0; i < count; i++) {
      activate(slot + i, 0, columns, step.workspace);
    }
    order.packPanel(
        step.workspace,
        gate.out() + slot * columns,
        columns,
        count,
        PanelMatmul.WIDTH,
        step.packed[target.index()],
        target.panels() + panel * PanelMatmul.WIDTH * columns);
  }

  private void packRow(int row, int part, Step step) {
    int slot = routing.rowSlots[row];
    int length = order.blockLength();
    int first = part * blocksPerChunk;
    int last = Math.min(columns / length, first + blocksPerChunk);
    activate(slot, first * length, (last - first) * length, step.workspace);
    order.pack(
        step.workspace,
        gate.out() + slot * columns,
        columns,
        first,
        last,
        step.packed[target.index()],
        PAD + row * order.packedLength(columns));
  }

  private void activate(int slot, int column, int count, float[] x) {
    int expert = routing.experts[slot];
    int at = slot * columns + column;
    float factor = weightedInput ? routing.weights[slot] : 1;
    gate.matrices().finish(expert, column, count, factor, x, gate.out() + at);
    up.matrices().finish(expert, column, count, factor, x, up.out() + at);
    GatedActivationStage.apply(glu, x, gate.out() + at, up.out() + at, x, gate.out() + at, count);
  }
}
