package dev.jmr.model.arch;

import dev.jmr.tensor.Shape;
import dev.jmr.tensor.Tensor;
import dev.jmr.tensor.TensorType;
import dev.jmr.tensor.graph.ExpertMatrices;
import dev.jmr.tensor.graph.ExpertWeights;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Optional;

/// The weights of one block, `blk.<index>.*`, each by its name in the file; errors as in [Weights].
public final class BlockWeights {
  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

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

  /// `[E]`, if the file has it.
  public Optional<Tensor> attnNormBias() {
    return bias("attn_norm");
  }

  /// `[H·D, E]`; a part of `attn_qkv` where the file has query, key and value projections in one tensor.
  public Projection attnQ() {
    return qkv("attn_q", "query projection", 0, hp.queryWidth());
  }

  /// `[K·D, E]`; or a part of `attn_qkv`.
  public Projection attnK() {
    return qkv("attn_k", "key projection", hp.queryWidth(), hp.kvWidth());
  }

  /// `[K·D, E]`; or a part of `attn_qkv`.
  public Projection attnV() {
    int from = hp.queryWidth() + hp.kvWidth();
    return qkv("attn_v", "value projection", from, hp.kvWidth());
  }

  /// `[D]`: the norm of each query head.
  public Tensor attnQNorm() {
    return attnQNorm(hp.headSize());
  }

  /// `[width]`: the norm of queries in groups of so many elements.
  public Tensor attnQNorm(int width) {
    return weights.require(prefix + "attn_q_norm.weight", "norm of queries", width);
  }

  /// `[D]`: the norm of each key head.
  public Tensor attnKNorm() {
    return attnKNorm(hp.headSize());
  }

  /// `[width]`: the norm of keys in groups of so many elements.
  public Tensor attnKNorm(int width) {
    return weights.require(prefix + "attn_k_norm.weight", "norm of keys", width);
  }

  /// `[H]`, of type F32.
  public Tensor attnSinks() {
    return weights.require(prefix + "attn_sinks.weight", "attention sinks", hp.headCount());
  }

  /// `[E, H·D]`.
  public Projection attnOutput() {
    return projection(
        "attn_output", "attention output projection", hp.embeddingLength(), hp.queryWidth());
  }

  /// `[E]`.
  public Tensor attnOutputNorm() {
    return norm("attn_output_norm", "norm after attention");
  }

  /// `[E]`, if the file has it.
  public Optional<Tensor> attnOutputNormBias() {
    return bias("attn_output_norm");
  }

  /// `[E]`.
  public Tensor postAttentionNorm() {
    return norm("post_attention_norm", "norm after attention");
  }

  /// `[E]`.
  public Tensor ffnNorm() {
    return norm("ffn_norm", "norm before the feed-forward layer");
  }

  /// `[E]`, if the file has it.
  public Optional<Tensor> ffnNormBias() {
    return bias("ffn_norm");
  }

  /// `[E]`.
  public Tensor postFfwNorm() {
    return norm("post_ffw_norm", "norm after the feed-forward layer");
  }

  /// `[E]`.
  public Tensor layerOutputNorm() {
    return norm("layer_output_norm", "norm after the block");
  }

  /// `[E]`, if the file has it.
  public Optional<Tensor> layerOutputNormBias() {
    return bias("layer_output_norm");
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

  /// Gate and up projections in one, the gate's rows first, called `ffn_up`: `[2F, E]`.
  public Projection ffnGateUp() {
    return projection(
        "ffn_up",
        "feed-forward gate and up projections",
        2L * feedForwardLength(),
        hp.embeddingLength());
  }

  /// `[E, F]`.
  public Projection ffnDown() {
    return projection(
        "ffn_down", "feed-forward down projection", hp.embeddingLength(), feedForwardLength());
  }

  /// All that a mixture of experts needs: the router `[X, E]`, projections `[X, F, E]`, `[X, F, E]` and `[X, E, F]`, and
  /// the biases and scales that the file has.
  public ExpertWeights experts() {
    long count = hp.expertCount();
    long width = hp.embeddingLength();
    int hidden = expertFeedForwardLength();
    String together = prefix + "ffn_gate_up_exps.weight";
    boolean fused = weights.has(together);
    return new ExpertWeights(
        weights.require(prefix + "ffn_gate_inp.weight", "expert router", count, width),
        weights.find(prefix + "ffn_gate_inp.bias", count),
        weights.find(prefix + "exp_probs_b.bias", count),
        fused ? gateUpExps(0, hidden) : experts("ffn_gate", hidden, width),
        fused ? gateUpExps(hidden, hidden) : experts("ffn_up", hidden, width),
        experts("ffn_down", width, hidden),
        weights.find(prefix + "ffn_down_exps.scale", count));
  }

  /// The gated feed-forward layer that all tokens share beside the experts that they choose: gate `[S, E]`.
  public Projection ffnGateShexp(int width) {
    return shared("ffn_gate_shexp", width, hp.embeddingLength());
  }

  /// `[S, E]`.
  public Projection ffnUpShexp(int width) {
    return shared("ffn_up_shexp", width, hp.embeddingLength());
  }

  /// `[E, S]`.
  public Projection ffnDownShexp(int width) {
    return shared("ffn_down_shexp", hp.embeddingLength(), width);
  }

  private Projection shared(String name, long out, long in) {
    return projection(name, "projection of the shared expert", out, in);
  }

  /// A tensor that only some architecture has, by its name after the block's prefix.
  Tensor require(String name, String kind, long... axes) {
    return weights.require(prefix + name, kind, axes);
  }

  /// The rows of a matrix of which only the file knows how many there are.
  long rowCount(String name, String kind) {
    return weights.rowCount(prefix + name, kind);
  }

  /// A tensor that may be there, by its name after the block's prefix.
  Optional<Tensor> find(String name, long... axes) {
    return weights.find(prefix + name, axes);
  }

  /// The only element of a tensor of type F32, if the file has it.
  Optional<Float> number(String name) {
    Optional<Tensor> tensor = find(name, 1);
    tensor
        .filter(found -> found.type() != TensorType.F32)
        .ifPresent(found -> {
          throw new ModelException(
              "tensor %s: expected type F32, got %s".formatted(found.name(), found.type()));
        });
    return tensor.map(found -> found.data().get(FLOAT, 0));
  }

  /// Whether the block has this tensor.
  boolean has(String name) {
    return weights.has(prefix + name);
  }

  /// A vector `[E]` as a weight `[1, E]`.
  Tensor requireRow(String name, String kind) {
    Tensor vector = require(name, kind, hp.embeddingLength());
    return new Tensor(
        vector.name(), vector.type(), Shape.of(1, hp.embeddingLength()), vector.data());
  }

  /// Fails if there is a tensor that this architecture's other variants have.
  void rejectVariant(String name) {
    if (weights.has(prefix + name)) {
      throw new UnsupportedModelException(
          "tensor %s: expected none; the variant of the architecture that has it is not supported"
              .formatted(prefix + name));
    }
  }

  private Tensor norm(String name, String kind) {
    return weights.require(prefix + name + ".weight", kind, hp.embeddingLength());
  }

  private Optional<Tensor> bias(String name) {
    return weights.find(prefix + name + ".bias", hp.embeddingLength());
  }

  private Projection qkv(String name, String kind, long from, long count) {
    boolean fused = weights.has(prefix + "attn_qkv.weight");
    long all = hp.queryWidth() + 2L * hp.kvWidth();
    return fused
        ? projection("attn_qkv", "attention projections", all, hp.embeddingLength())
            .slice(from, count)
        : projection(name, kind, count, hp.embeddingLength());
  }

  /// A weight `[out, in]` with its optional bias, by its name after the block's prefix.
  Projection projection(String name, String kind, long out, long in) {
    return weights.requireProjection(prefix + name, kind, out, in);
  }

  private ExpertMatrices experts(String name, long out, long in) {
    String stem = prefix + name + "_exps";
    String together = stem + ".weight";
    String single = prefix + name + ".0.weight";
    if (!weights.has(together) && weights.has(single)) {
      throw new UnsupportedModelException(
          "tensor %s: expected all experts in one tensor %s, got one tensor for each as old files have it; convert the model again"
              .formatted(single, together));
    }
    return ExpertMatrices.of(
        weights.require(together, "experts", hp.expertCount(), out, in),
        weights.find(stem + ".bias", hp.expertCount(), out));
  }

  /// A part of the tensor `[X, 2F, E]` in which each expert's gate rows come before its up rows.
  private ExpertMatrices gateUpExps(int firstRow, int rows) {
    String stem = prefix + "ffn_gate_up_exps";
    long both = 2L * expertFeedForwardLength();
    return new ExpertMatrices(
        weights.require(stem + ".weight", "experts", hp.expertCount(), both, hp.embeddingLength()),
        weights.find(stem + ".bias", hp.expertCount(), both),
        firstRow,
        rows);
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
