package dev.jmr.model.arch;

import dev.jmr.tensor.Tensor;
import dev.jmr.tensor.graph.AttentionSpec;
import dev.jmr.tensor.graph.PositionTemperature;
import dev.jmr.tensor.graph.RopeTable;
import dev.jmr.tensor.graph.RopeTable.Pairing;
import java.util.Arrays;
import java.util.Optional;

/// The sizes of multi-head latent attention, and its weights in each block. A head's key is a part that knows nothing of
/// positions, `N` long, and a part that all heads share, `P` long, which is turned. Source: llama.cpp
/// `llama_model_deepseek2`.
///
/// @param headCount `H`
/// @param keyLength `D`: `N + P`
/// @param valueLength `Dv`
/// @param nopeLength `N`
/// @param kvLoraRank `R`: elements of the latent vector that keys and values are made of
/// @param qLoraRank `Q`: elements of the one that queries are made of; 0 = queries are made directly
/// @param absorbed whether queries attend to the latent vectors themselves
/// @param epsilon of the norms of latent vectors
/// @param embeddingLength `E`
/// @param scaling of the rope
/// @param yarnLogMultiplier how much YaRN lengthens what the scores are made of; 0 = the file does not say
/// @param temperature what sharpens queries of long contexts
record LatentAttention(
    int headCount,
    int keyLength,
    int valueLength,
    int nopeLength,
    int kvLoraRank,
    int qLoraRank,
    boolean absorbed,
    float epsilon,
    int embeddingLength,
    RopeParameters scaling,
    double yarnLogMultiplier,
    Optional<PositionTemperature> temperature) {

  /// Converters write a tenth of the multiplier.
  private static final double YARN_LOG_UNIT = 0.1;

  /// Reads and checks the sizes.
  static LatentAttention of(HyperParameters hp) {
    var keys = hp.keys();
    boolean absorbed = keys.count("attention.key_length_mla", 0, Integer.MAX_VALUE).orElse(0) > 0;
    String suffix = absorbed ? "_mla" : "";
    int max = HyperParameters.MAX_HEAD_SIZE;
    int keyLength = keys.requireCount("attention.key_length" + suffix, 1, max);
    int turned = hp.rope().dimensionCount();
    if (turned >= keyLength) {
      throw new ModelException(
          "%s: expected less than attention.key_length%s %d, got %d"
              .formatted(keys.key("rope.dimension_count"), suffix, keyLength, turned));
    }
    if (hp.rope().scaling() == RopeParameters.Scaling.LINEAR) {
      throw new UnsupportedModelException(
          keys.key("rope.scaling.type") + ": expected none or yarn, got linear");
    }
    return new LatentAttention(
        hp.headCount(),
        keyLength,
        keys.requireCount("attention.value_length" + suffix, 1, max),
        keyLength - turned,
        keys.requireCount("attention.kv_lora_rank", 1, HyperParameters.MAX_WIDTH),
        keys.count("attention.q_lora_rank", 0, HyperParameters.MAX_WIDTH).orElse(0),
        absorbed,
        hp.layerNormRmsEpsilon(),
        hp.embeddingLength(),
        hp.rope(),
        keys.number("rope.scaling.yarn_log_multiplier", 0, 100).orElse(0) / YARN_LOG_UNIT,
        temperature(keys));
  }

  private static Optional<PositionTemperature> temperature(ArchitectureKeys keys) {
    float scale = (float) keys.number("attention.temperature_scale", 0, 100).orElse(0);
    if (scale == 0) {
      return Optional.empty();
    }
    int length = keys.requireCount("attention.temperature_length", 1, HyperParameters.MAX_CONTEXT);
    return Optional.of(new PositionTemperature(scale, length, 0));
  }

  /// The rope of the turned parts. A file that tells a multiplier wants YaRN's lengthening in the scale of the scores only.
  RopeTable rope() {
    float[] ones = new float[scaling.dimensionCount() / 2];
    Arrays.fill(ones, 1);
    double longer = yarnLogMultiplier == 0 ? RopeTables.yarnMagnitude(scaling, 1) : 1;
    float magnitude = (float) (scaling.attnFactor() * longer);
    return RopeTables.of(scaling, scaling.dimensionCount(), ones, Pairing.INTERLEAVED, magnitude);
  }

  /// Attention over latent vectors, or over the keys and values that were made of them.
  AttentionSpec spec() {
    double longer = yarnLogMultiplier == 0 ? RopeTables.yarnMagnitude(scaling, 1) : 1;
    double magnitude =
        scaling.attnFactor() * longer * RopeTables.yarnMagnitude(scaling, yarnLogMultiplier);
    float scale = (float) (magnitude * magnitude / Math.sqrt(keyLength));
    return absorbed
        ? new AttentionSpec(headCount, 1, kvLoraRank + scaling.dimensionCount(), scale)
            .withValueLength(kvLoraRank)
        : new AttentionSpec(headCount, headCount, keyLength, scale).withValueLength(valueLength);
  }

  /// `[H·D, E]`.
  Projection q(BlockWeights b) {
    return b.projection("attn_q", "query projection", queryWidth(), embeddingLength);
  }

  /// `[Q, E]`.
  Projection qA(BlockWeights b) {
    return b.projection("attn_q_a", "latent query projection", qLoraRank, embeddingLength);
  }

  /// `[Q]`.
  Tensor qANorm(BlockWeights b) {
    return b.require("attn_q_a_norm.weight", "norm of latent queries", qLoraRank);
  }

  /// `[H·D, Q]`.
  Projection qB(BlockWeights b) {
    return b.projection("attn_q_b", "query projection", queryWidth(), qLoraRank);
  }

  /// `[R + P, E]`: the latent vector, then the turned part of the keys.
  Projection kvA(BlockWeights b) {
    long width = (long) kvLoraRank + scaling.dimensionCount();
    return b.projection("attn_kv_a_mqa", "latent key and value projection", width, embeddingLength);
  }

  /// `[R]`.
  Tensor kvANorm(BlockWeights b) {
    return b.require("attn_kv_a_norm.weight", "norm of latent keys and values", kvLoraRank);
  }

  /// `[H, R, N]`: makes what attends to latent vectors of each head's query.
  Tensor kB(BlockWeights b) {
    return b.require("attn_k_b.weight", "key projection", headCount, kvLoraRank, nopeLength);
  }

  /// `[H, Dv, R]`: makes each head's value of a latent vector.
  Tensor vB(BlockWeights b) {
    return b.require("attn_v_b.weight", "value projection", headCount, valueLength, kvLoraRank);
  }

  /// `[H·(N + Dv), R]`: each head's key and value.
  Projection kvB(BlockWeights b) {
    long width = (long) headCount * (nopeLength + valueLength);
    return b.projection("attn_kv_b", "key and value projection", width, kvLoraRank);
  }

  /// `[E, H·Dv]`.
  Projection output(BlockWeights b) {
    long width = (long) headCount * valueLength;
    return b.projection("attn_output", "attention output projection", embeddingLength, width);
  }

  private long queryWidth() {
    return (long) headCount * keyLength;
  }
}
