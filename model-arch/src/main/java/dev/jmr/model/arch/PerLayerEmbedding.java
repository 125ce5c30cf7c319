package dev.jmr.model.arch;

import static dev.jmr.model.arch.Layers.linear;

import dev.jmr.tensor.graph.Activation;
import dev.jmr.tensor.graph.GraphBuilder;
import dev.jmr.tensor.graph.Value;
import java.util.Optional;

/// What each block of Gemma 3n and 4 is told of the tokens directly: `P` numbers per block and token, of which one half is
/// looked up and the other is a projection of the embedding. Source: llama.cpp `project_per_layer_inputs`.
///
/// @param all `[T, L·P]`
/// @param length `P`
record PerLayerEmbedding(Value all, int length, HyperParameters hp) {
  private static final int MAX_LENGTH = 1 << 14;

  /// The embeddings of all blocks; empty if the model has none.
  ///
  /// @param x the scaled embedding of the tokens, `[T, E]`
  static Optional<PerLayerEmbedding> of(GraphBuilder g, Value x, HyperParameters hp, Weights w) {
    int length = hp.keys().count("embedding_length_per_layer_input", 0, MAX_LENGTH).orElse(0);
    if (length == 0) {
      return Optional.empty();
    }
    long width = (long) length * hp.blockCount();
    var table = w.require("per_layer_token_embd.weight", "embedding", hp.vocabularySize(), width);
    var projection =
        w.require("per_layer_model_proj.weight", "projection", width, hp.embeddingLength());
    var norm = w.require("per_layer_proj_norm.weight", "norm of the projection", length);
    var looked = g.scale(g.embed(table), (float) Math.sqrt(length));
    var made = g.scale(g.linear(x, projection), (float) (1 / Math.sqrt(hp.embeddingLength())));
    var sum = g.add(g.rmsNorm(made, norm, hp.layerNormRmsEpsilon()), looked);
    var all = g.scale(sum, (float) (1 / Math.sqrt(2)));
    return Optional.of(new PerLayerEmbedding(all, length, hp));
  }

  /// The embeddings of all blocks of a model that must have them.
  static PerLayerEmbedding require(GraphBuilder g, Value x, HyperParameters hp, Weights w) {
    return of(g, x, hp, w)
        .orElseThrow(() ->
            new ModelException(
                hp.keys().key("embedding_length_per_layer_input")
                    + ": expected a positive integer, got 0 or nothing"));
  }

  /// `x` with what block `index` is told. Shapes: `x[T, E]` → `[T, E]`.
  Value add(GraphBuilder g, Value x, BlockWeights b, int index) {
    return g.add(x, tell(g, x, b, index));
  }

  /// What block `index` makes of what it is told. Shapes: `x[T, E]` → `[T, E]`.
  Value tell(GraphBuilder g, Value x, BlockWeights b, int index) {
    int width = hp.embeddingLength();
    var gate =
        linear(g, x, b.projection("inp_gate", "gate of the block's embedding", length, width));
    var own = g.slice(all, all.width(), index * length, (index + 1) * length);
    var gated = g.multiply(g.activate(gate, Activation.GELU), own);
    var out = linear(g, gated, b.projection("proj", "projection of the embedding", width, length));
    var norm = b.require("post_norm.weight", "norm of the block's embedding", width);
    return g.rmsNorm(out, norm, hp.layerNormRmsEpsilon());
  }
}
