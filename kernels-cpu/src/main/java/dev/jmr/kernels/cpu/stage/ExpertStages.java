package dev.jmr.kernels.cpu.stage;

import static dev.jmr.kernels.cpu.vector.Lanes.PAD;

import dev.jmr.kernels.cpu.linear.ActivationOrder;
import dev.jmr.kernels.cpu.linear.PanelMatmul;
import dev.jmr.tensor.graph.ExpertSpec;
import dev.jmr.tensor.graph.ExpertWeights;
import dev.jmr.tensor.graph.Op;
import java.util.ArrayList;
import java.util.List;

/// The stages of a mixture of experts that follow its router, and the room that they need.
final class ExpertStages {
  /// Sets aside buffers of packed activations.
  interface Buffers {
    /// Buffer `index` has at least `length` floats behind its padding.
    void reserve(int index, long length);
  }

  /// Where the stages read and write in the workspace: first elements.
  ///
  /// @param logits of the router
  /// @param input what experts are told
  /// @param gate room for [#hidden]
  /// @param up room for [#hidden]
  /// @param down room for [#results]
  /// @param output of the operation
  record Places(int logits, int input, int gate, int up, int down, int output) {}

  /// Panels begin where a vector of the widest kind is aligned.
  private static final long ALIGNMENT = 16;

  private final Op.MixtureOfExperts op;
  private final int tokens;
  private final CpuSettings settings;

  ExpertStages(Op.MixtureOfExperts op, int maxTokens, CpuSettings settings) {
    this.op = op;
    this.tokens = maxTokens;
    this.settings = settings;
  }

  /// Floats of the router's logits.
  long logits() {
    return (long) tokens * op.spec().expertCount();
  }

  /// Floats of all slots' gate, or up.
  long hidden() {
    return (long) tokens * op.spec().expertUsedCount() * op.expertWeights().feedForwardLength();
  }

  /// Floats of all slots' results.
  long results() {
    return (long) tokens * op.spec().expertUsedCount() * op.input().width();
  }

  List<Stage> stages(Places at, Buffers buffers) {
    ExpertSpec spec = op.spec();
    ExpertWeights weights = op.expertWeights();
    ExpertProjection gate = new ExpertProjection(weights.gate(), settings);
    ExpertProjection up = new ExpertProjection(weights.up(), settings);
    ExpertProjection down = new ExpertProjection(weights.down(), settings);
    var routing = new ExpertRouting(op, tokens, at.logits(), settings);

    ActivationOrder gateOrder = gate.of(0).kernel.order();
    ActivationOrder upOrder = up.of(0).kernel.order();
    int width = op.input().width();
    List<ExpertInput> inputs = new ArrayList<>();
    ExpertBuffer gateBuffer = buffer(0, tokens, gateOrder, width, buffers);
    inputs.add(new ExpertInput(routing, gateOrder, width, at.input(), gateBuffer));
    ExpertBuffer upBuffer = gateBuffer;
    if (upOrder != gateOrder) {
      upBuffer = buffer(1, tokens, upOrder, width, buffers);
      inputs.add(new ExpertInput(routing, upOrder, width, at.input(), upBuffer));
    }
    ExpertInput[] packed = inputs.toArray(ExpertInput[]::new);
    long maxRows = ExpertRouting.maxRows(spec, tokens, settings);
    ActivationOrder downOrder = down.of(0).kernel.order();
    ExpertBuffer hidden = buffer(0, maxRows, downOrder, weights.feedForwardLength(), buffers);

    var gatePart = new ExpertMatmul.Part(gate, gateBuffer, at.gate());
    var upPart = new ExpertMatmul.Part(up, upBuffer, at.up());
    var downPart = new ExpertMatmul.Part(down, hidden, at.down());
    return List.of(
        new ExpertRouteStage(routing, packed, settings),
        new ExpertPackStage(routing, packed, settings),
        new ExpertHiddenStage(
            new ExpertMatmul(routing, routing.tokens, settings, gatePart, upPart)),
        new ExpertGluStage(routing, gatePart, upPart, spec, down.of(0), hidden),
        new ExpertDownStage(new ExpertMatmul(routing, routing.rows, settings, downPart)),
        new ExpertSumStage(op, routing, downPart, at.output()));
  }

  /// Room for `rows` packed rows, and for panels.
  private ExpertBuffer buffer(
      int index, long rows, ActivationOrder order, int columns, Buffers buffers) {
    long panels = Math.ceilDiv(rows * order.packedLength(columns), ALIGNMENT) * ALIGNMENT;
    long maxPanels = ExpertRouting.maxPanels(op.spec(), tokens, settings);
    buffers.reserve(index, panels + maxPanels * PanelMatmul.WIDTH * columns);
    return new ExpertBuffer(index, PAD + Math.toIntExact(panels));
  }
}
