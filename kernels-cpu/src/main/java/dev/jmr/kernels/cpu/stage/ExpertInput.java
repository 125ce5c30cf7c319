package dev.jmr.kernels.cpu.stage;

import static dev.jmr.kernels.cpu.vector.Lanes.PAD;

import dev.jmr.kernels.cpu.linear.ActivationOrder;
import dev.jmr.kernels.cpu.linear.PanelMatmul;

/// Packs the input of experts in one order: each token's row at the token's place, then the panels.
final class ExpertInput {
  private final ExpertRouting routing;
  private final ActivationOrder order;
  private final int columns;
  private final int in;
  private final ExpertBuffer buffer;

  ExpertInput(
      ExpertRouting routing, ActivationOrder order, int columns, int in, ExpertBuffer buffer) {
    this.routing = routing;
    this.order = order;
    this.columns = columns;
    this.in = in;
    this.buffer = buffer;
  }

  /// Packs the row of a token.
  void packRow(int token, Step step) {
    order.pack(
        step.workspace,
        in + token * columns,
        columns,
        0,
        columns / order.blockLength(),
        step.packed[buffer.index()],
        PAD + token * order.packedLength(columns));
  }

  /// Packs one of all experts' panels.
  void packPanel(int panel, Step step) {
    int index = 0;
    while (routing.panels[index + 1] <= panel) {
      index++;
    }
    int done = (panel - routing.panels[index]) * PanelMatmul.WIDTH;
    order.packPanel(
        step.workspace,
        in,
        routing.tokens,
        routing.firstSlot(index) + done,
        Math.min(PanelMatmul.WIDTH, routing.tokenCount(index) - done),
        columns,
        PanelMatmul.WIDTH,
        step.packed[buffer.index()],
        buffer.panels() + panel * PanelMatmul.WIDTH * columns);
  }
}
