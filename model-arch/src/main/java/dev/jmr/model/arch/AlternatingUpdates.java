package dev.jmr.model.arch;

import dev.jmr.tensor.Shape;
import dev.jmr.tensor.graph.Activation;
import dev.jmr.tensor.graph.GraphBuilder;
import dev.jmr.tensor.graph.Value;

/// The streams of Gemma 3n (AltUp): `N` states of each token, side by side in one row `[T, N·E]`, of which blocks work on
/// the first and predict the others. Source: llama.cpp `altup_predict`, `altup_correct`.
final class AlternatingUpdates {
  private static final int MAX_STREAMS = 64;
  private static final int STREAMS = 4;

  private final GraphBuilder g;
  private final HyperParameters hp;
  private final Weights w;
  private final int width;
  private final int streams;

  /// @throws UnsupportedModelException if another stream than the first is the one that is worked on
  AlternatingUpdates(GraphBuilder g, HyperParameters hp, Weights w) {
    this.g = g;
    this.hp = hp;
    this.w = w;
    this.width = hp.embeddingLength();
    this.streams = hp.keys().count("altup.num_inputs", 2, MAX_STREAMS).orElse(STREAMS);
    int active = hp.keys().count("altup.active_idx", 0, streams - 1).orElse(0);
    if (active != 0) {
      throw new UnsupportedModelException(
          "%s: expected 0, got %d; work on another stream than the first is not supported"
              .formatted(hp.keys().key("altup.active_idx"), active));
    }
  }

  /// The embedding, and its projections to the other streams, as long as itself. Shapes: `x[T, E]` → `[T, N·E]`.
  Value split(Value x) {
    var stacked =
        w.require("altup_proj.weight", "projections to streams", streams - 1, width, width);
    var projection = stacked.reshape(Shape.of((streams - 1L) * width, width));
    return g.concat(x, g.matchLength(g.linear(x, projection), x), 1, 1);
  }

  /// The stream that blocks work on. Shapes: `x[T, N·E]` → `[T, E]`.
  Value active(Value x) {
    return g.slice(x, streams * width, 0, width);
  }

  /// The others. Shapes: `x[T, N·E]` → `[T, (N - 1)·E]`.
  private Value others(Value x) {
    return g.slice(x, streams * width, width, streams * width);
  }

  /// What a block will make of all streams, guessed from what they are. Shapes: `x[T, N·E]` → `[T, N·E]`.
  Value predict(Value x, BlockWeights b) {
    int all = streams * streams;
    var weight = b.require("altup_predict_coef.weight", "coefficients to predict", all, streams);
    var coefficients = g.linear(modalities(active(x), b), weight);
    return g.add(g.mixHeads(x, coefficients, streams), x);
  }

  /// The prediction, and what a block made of its stream in place of what was predicted. Shapes: `predicted[T, N·E]`,
  /// `made[T, E]` → `[T, N·E]`.
  Value correct(Value predicted, Value made, BlockWeights b) {
    var weight =
        b.require("altup_correct_coef.weight", "coefficients to correct", streams, streams);
    var coefficients = g.addBias(g.linear(modalities(made, b), weight), w.ones(streams));
    var innovation = g.add(made, g.scale(active(predicted), -1));
    return g.add(g.mixHeads(innovation, coefficients, 1), predicted);
  }

  /// `x` with `told` added to all streams but the one that is worked on. Shapes: `x[T, N·E]`, `told[T, E]` → `[T, N·E]`.
  Value addToOthers(Value x, Value told) {
    var repeated = told;
    for (int i = 2; i < streams; i++) {
      repeated = g.concat(repeated, told, 1, 1);
    }
    return g.concat(active(x), g.add(others(x), repeated), 1, 1);
  }

  /// The mean of all streams, projected back. Shapes: `x[T, N·E]` → `[T, E]`.
  Value merge(Value x) {
    var projection =
        w.require("altup_unembd_proj.weight", "projections of streams", streams - 1, width, width);
    var back = g.matchLength(g.headLinear(others(x), projection), active(x));
    var sum = active(x);
    for (int i = 0; i < streams - 1; i++) {
      sum = g.add(sum, g.slice(back, (streams - 1) * width, i * width, (i + 1) * width));
    }
    return g.scale(sum, 1f / streams);
  }

  /// By how much each stream counts for a token. Shapes: `x[T, E]` → `[T, N]`.
  private Value modalities(Value x, BlockWeights b) {
    var norm = b.require("altup_router_norm.weight", "norm before the router", width);
    var router = b.require("altup_router.weight", "router of the streams", streams, width);
    var h = g.scale(g.rmsNorm(x, norm, hp.layerNormRmsEpsilon()), 1f / width);
    return g.activate(g.linear(h, router), Activation.TANH);
  }
}
