package dev.jmr.model.arch;

import dev.jmr.tensor.graph.Activation;
import dev.jmr.tensor.graph.AttentionSpec;
import dev.jmr.tensor.graph.ExpertSpec;
import dev.jmr.tensor.graph.Glu;
import dev.jmr.tensor.graph.GraphBuilder;
import dev.jmr.tensor.graph.RopeTable;
import dev.jmr.tensor.graph.Value;
import java.util.Arrays;

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

  /// `down(glu(gate(x), up(x)))` where a file has gate and up in one tensor. Shapes: `x[T, E]` → `[T, E]`.
  static Value fusedGlu(GraphBuilder g, Value x, BlockWeights b, HyperParameters hp, Glu glu) {
    int half = hp.feedForwardLength();
    var gate = linear(g, x, b.ffnGateUp().slice(0, half));
    var up = linear(g, x, b.ffnGateUp().slice(half, half));
    return linear(g, g.gatedActivation(gate, up, glu), b.ffnDown());
  }

  /// `down(gelu(up(x)))`. Shapes: `x[T, E]` → `[T, E]`.
  static Value gelu(GraphBuilder g, Value x, BlockWeights b) {
    return linear(g, g.activate(linear(g, x, b.ffnUp()), Activation.GELU), b.ffnDown());
  }

  /// Rope of models that tell the time, height and width of what they see by sections of pairs: for text, whose three
  /// positions are one, it is the rope that turns halves.
  ///
  /// @throws ModelException if pairs are left over for a fourth position
  static RopeTable textRope(HyperParameters hp, Weights w, int contextLength) {
    int[] sections = hp.keys().requireCounts("rope.dimension_sections", 0, hp.headSize());
    int sum = Arrays.stream(sections).limit(3).sum();
    if (sections.length < 3
        || Arrays.stream(sections).skip(3).anyMatch(section -> section != 0)
        || sum != hp.rope().dimensionCount() / 2) {
      throw new UnsupportedModelException(
          "%s: expected three sections of %d pairs together, got %s"
              .formatted(
                  hp.keys().key("rope.dimension_sections"),
                  hp.rope().dimensionCount() / 2,
                  Arrays.toString(sections)));
    }
    return RopeTables.of(hp, w, contextLength, RopeTable.Pairing.HALVES);
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

  /// Grouped-query attention, scaled by `1 / √D`, over all that came before.
  static AttentionSpec fullAttention(HyperParameters hp) {
    float scale = (float) (1 / Math.sqrt(hp.headSize()));
    return new AttentionSpec(hp.headCount(), hp.headCountKv(), hp.headSize(), scale);
  }

  /// Grouped-query attention, scaled by `1 / √D`, over all that came before or a sliding window of it.
  static AttentionSpec groupedQueryAttention(HyperParameters hp) {
    float scale = (float) (1 / Math.sqrt(hp.headSize()));
    var spec = new AttentionSpec(hp.headCount(), hp.headCountKv(), hp.headSize(), scale);
    return hp.slidingWindow() == 0 ? spec : spec.withSlidingWindow(hp.slidingWindow());
  }
}
