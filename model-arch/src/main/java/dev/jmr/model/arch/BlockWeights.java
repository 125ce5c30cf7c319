package dev.jmr.model.arch;

import dev.jmr.tensor.Tensor;

/// The weights of one block, `blk.<index>.*`, each by its name in the file; errors as in [Weights].
public final class BlockWeights {
  private final Weights weights;
  private final HyperParameters hp;
  private final String prefix;

  BlockWeights(Weights weights, HyperParameters hp, int index) {
    this.weights = weights;
    this.hp = hp;
    this.prefix = "blk." + index + ".";
  }

  /// `[E]`.
  public Tensor attnNorm() {
    return norm("attn_norm", "norm before attention");
  }

  /// `[H·D, E]`.
  public Projection attnQ() {
    return projection("attn_q", "query projection", hp.queryWidth(), hp.embeddingLength());
  }

  /// `[K·D, E]`.
  public Projection attnK() {
    return projection("attn_k", "key projection", hp.kvWidth(), hp.embeddingLength());
  }

  /// `[K·D, E]`.
  public Projection attnV() {
    return projection("attn_v", "value projection", hp.kvWidth(), hp.embeddingLength());
  }

  /// `[E, H·D]`.
  public Projection attnOutput() {
    return projection(
        "attn_output", "attention output projection", hp.embeddingLength(), hp.queryWidth());
  }

  /// `[E]`.
  public Tensor ffnNorm() {
    return norm("ffn_norm", "norm before the feed-forward layer");
  }

  /// `[F, E]`.
  public Projection ffnGate() {
    return projection(
        "ffn_gate", "feed-forward gate projection", feedForwardLength(), hp.embeddingLength());
  }

  /// `[F, E]`.
  public Projection ffnUp() {
    return projection(
        "ffn_up", "feed-forward up projection", feedForwardLength(), hp.embeddingLength());
  }

  /// `[E, F]`.
  public Projection ffnDown() {
    return projection(
        "ffn_down", "feed-forward down projection", hp.embeddingLength(), feedForwardLength());
  }

  /// The router of a mixture of experts: `[X, E]`.
  public Tensor ffnGateInp() {
    return weights.require(
        prefix + "ffn_gate_inp.weight", "expert router", hp.expertCount(), hp.embeddingLength());
  }

  /// `[X, F, E]`.
  public Tensor ffnGateExps() {
    return experts("ffn_gate", expertFeedForwardLength(), hp.embeddingLength());
  }

  /// `[X, F, E]`.
  public Tensor ffnUpExps() {
    return experts("ffn_up", expertFeedForwardLength(), hp.embeddingLength());
  }

  /// `[X, E, F]`.
  public Tensor ffnDownExps() {
    return experts("ffn_down", hp.embeddingLength(), expertFeedForwardLength());
  }

  private Tensor norm(String name, String kind) {
    return weights.require(prefix + name + ".weight", kind, hp.embeddingLength());
  }

  private Projection projection(String name, String kind, long out, long in) {
    return weights.requireProjection(prefix + name, kind, out, in);
  }

  private Tensor experts(String name, long out, long in) {
    String together = prefix + name + "_exps.weight";
    String single = prefix + name + ".0.weight";
    if (!weights.has(together) && weights.has(single)) {
      throw new UnsupportedModelException(
          "tensor %s: expected all experts in one tensor %s, got one tensor for each as old files have it; convert the model again"
              .formatted(single, together));
    }
    return weights.require(together, "experts", hp.expertCount(), out, in);
  }

  private int feedForwardLength() {
    if (hp.feedForwardLength() == 0) {
      throw new ModelException(
          hp.keys().key("feed_forward_length") + ": expected a positive integer, got 0 or nothing");
    }
    return hp.feedForwardLength();
  }

  private int expertFeedForwardLength() {
    return hp.keys()
        .count("expert_feed_forward_length", 1, HyperParameters.MAX_WIDTH)
        .orElseGet(this::feedForwardLength);
  }
}
