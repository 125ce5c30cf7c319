package dev.jmr.model.arch;

import dev.jmr.tensor.graph.Activation;
import dev.jmr.tensor.graph.AttentionSpec;
import dev.jmr.tensor.graph.ExpertSpec;
import dev.jmr.tensor.graph.Glu;
import dev.jmr.tensor.graph.GraphBuilder;
import dev.jmr.tensor.graph.Value;

/// The layers that several architectures are made of. A layer that only one has stands in its file.
final class Layers {
  private Layers() {}

  /// `x · weightᵀ`, plus the bias if there is one. Shapes: `x[T, I]` → `[T, O]`.
  static Value linear(GraphBuilder g, Value x, Projection projection) {
    Value product = g.linear(x, projection.weight());
    return projection.bias().map(bias -> g.addBias(product, bias)).orElse(product);
  }

  /// `down(silu(gate(x)) · up(x))`. Shapes: `x[T, E]` → `[T, E]`.
  static Value swiGlu(GraphBuilder g, Value x, BlockWeights b) {
    Value gate = linear(g, x, b.ffnGate());
    Value up = linear(g, x, b.ffnUp());
    return linear(g, g.gatedActivation(gate, up, Glu.SWIGLU), b.ffnDown());
  }

  /// `down(gelu(gate(x)) · up(x))`. Shapes: `x[T, E]` → `[T, E]`.
  static Value geGlu(GraphBuilder g, Value x, BlockWeights b) {
    Value gate = linear(g, x, b.ffnGate());
    Value up = linear(g, x, b.ffnUp());
    return linear(g, g.gatedActivation(gate, up, Glu.GEGLU), b.ffnDown());
  }

  /// `down(gelu(up(x)))`. Shapes: `x[T, E]` → `[T, E]`.
  static Value gelu(GraphBuilder g, Value x, BlockWeights b) {
    return linear(g, g.activate(linear(g, x, b.ffnUp()), Activation.GELU), b.ffnDown());
  }

  /// A [#swiGlu] by the experts that each token chooses, with weights that sum to 1. Shapes: `x[T, E]` → `[T, E]`.
  static Value swiGluExperts(GraphBuilder g, Value x, BlockWeights b, HyperParameters hp) {
    return g.mixtureOfExperts(x, b.experts(), experts(hp, Glu.SWIGLU).withWeightsNorm());
  }

  /// The [#swiGlu] that all tokens share beside the experts that they choose. Shapes: `x[T, E]` → `[T, E]`.
  ///
  /// @param width of its hidden layer
  static Value sharedSwiGlu(GraphBuilder g, Value x, BlockWeights b, int width) {
    Value gate = linear(g, x, b.ffnGateShexp(width));
    Value up = linear(g, x, b.ffnUpShexp(width));
    return linear(g, g.gatedActivation(gate, up, Glu.SWIGLU), b.ffnDownShexp(width));
  }

  /// Experts as the file counts them, weighed by a softmax over all; an architecture names what it does differently.
  static ExpertSpec experts(HyperParameters hp, Glu glu) {
    return ExpertSpec.of(hp.expertCount(), hp.expertUsedCount(), glu);
  }

  /// Grouped-query attention, scaled by `1 / √D`, over all that came before or a sliding window of it.
  static AttentionSpec groupedQueryAttention(HyperParameters hp) {
    float scale = (float) (1 / Math.sqrt(hp.headSize()));
    var spec = new AttentionSpec(hp.headCount(), hp.headCountKv(), hp.headSize(), scale);
    return hp.slidingWindow() == 0 ? spec : spec.withSlidingWindow(hp.slidingWindow());
  }
}
