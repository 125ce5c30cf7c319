package dev.jmr.model.arch;

import dev.jmr.gguf.GgufMetadata;
import dev.jmr.tensor.Shape;

/// The sizes and settings that most architectures share, read from `<architecture>.*` and checked: what is here can be
/// divided by, multiplied and allocated without another look. Immutable.
///
/// @param keys all keys of the architecture, for those that only it has
/// @param blockCount `L`
/// @param contextLength positions that the model was trained for
/// @param embeddingLength `E`
/// @param feedForwardLength `F`; 0 if the file does not say
/// @param vocabularySize `V`: the rows of the token embedding
/// @param headCount `H`
/// @param headCountKv `K`, divides `H`
/// @param headSize `D` of queries, keys and values: `attention.key_length`, or `E / H`
/// @param slidingWindow how many tokens a token sees, itself included; 0 = all before it
/// @param expertCount `X`; 0 = no experts
/// @param expertUsedCount experts per token; 0 = no experts
/// @param rope rotary position embedding
public record HyperParameters(
    ArchitectureKeys keys,
    int blockCount,
    int contextLength,
    int embeddingLength,
    int feedForwardLength,
    int vocabularySize,
    int headCount,
    int headCountKv,
    int headSize,
    int slidingWindow,
    int expertCount,
    int expertUsedCount,
    RopeParameters rope) {
  static final int MAX_BLOCKS = 1024;
  static final int MAX_CONTEXT = 1 << 26;
  static final int MAX_WIDTH = 1 << 20;
  static final int MAX_HEADS = 1 << 14;
  static final int MAX_HEAD_SIZE = 1 << 13;
  static final int MAX_EXPERTS = 1 << 12;
  static final int MAX_VOCABULARY = 1 << 24;

  /// Reads and checks the hyperparameters.
  ///
  /// @param tokenEmbedding the shape of `token_embd.weight`, `[V, E]`
  /// @throws ModelException naming the key that is missing or does not make sense
  public static HyperParameters of(GgufMetadata metadata, Shape tokenEmbedding) {
    return of(metadata, tokenEmbedding, false);
  }

  /// Reads and checks the hyperparameters of an architecture whose blocks may have different key-value head counts and
  /// feed-forward lengths: here stand the largest count and the first length, in [#ofBlock] those of each.
  public static HyperParameters of(
      GgufMetadata metadata, Shape tokenEmbedding, boolean blocksMayDiffer) {
    var keys = ArchitectureKeys.of(metadata);
    int blocks = keys.requireCount("block_count", 1, MAX_BLOCKS);
    int context = keys.requireCount("context_length", 1, MAX_CONTEXT);
    int embedding = keys.requireCount("embedding_length", 1, MAX_WIDTH);
    int heads =
        keys.uniformCount("attention.head_count", blocks, 1, MAX_HEADS)
            .orElseThrow(() -> missing(keys, "attention.head_count"));
    if (!blocksMayDiffer) {
      keys.uniformCount("attention.head_count_kv", blocks, 1, MAX_HEADS);
      keys.uniformCount("feed_forward_length", blocks, 0, MAX_WIDTH);
    }
    int kvHeads = 0;
    for (int i = 0; i < blocks; i++) {
      kvHeads = Math.max(kvHeads, headCountKv(keys, blocks, i, heads));
    }
    int headSize = headSize(keys, embedding, heads);
    int experts = keys.count("expert_count", 0, MAX_EXPERTS).orElse(0);
    return new HyperParameters(
        keys,
        blocks,
        context,
        embedding,
        keys.countOfBlock("feed_forward_length", blocks, 0, 0, MAX_WIDTH),
        vocabularySize(keys, embedding, tokenEmbedding),
        heads,
        kvHeads,
        headSize,
        keys.count("attention.sliding_window", 0, MAX_CONTEXT).orElse(0),
        experts,
        expertUsedCount(keys, experts),
        RopeParameters.of(keys, headSize, context));
  }

  /// The epsilon of every RMS norm.
  ///
  /// @throws ModelException if the file does not say
  public float layerNormRmsEpsilon() {
    return keys.requireNumber("attention.layer_norm_rms_epsilon", 0, 0.1);
  }

  /// The epsilon of every layer norm.
  ///
  /// @throws ModelException if the file does not say
  public float layerNormEpsilon() {
    return keys.requireNumber("attention.layer_norm_epsilon", 0, 0.1);
  }

  /// Which blocks look through the sliding window: one answer per block, or, if the file has a number `n` or nothing,
  /// all but the last of every `n` blocks.
  ///
  /// @param step the `n` of files that do not say; 1 = none
  boolean[] slidingWindowPattern(int step) {
    return keys.flags("attention.sliding_window_pattern", blockCount)
        .orElseGet(() -> {
          int n = keys.count("attention.sliding_window_pattern", 0, blockCount).orElse(step);
          boolean[] pattern = new boolean[blockCount];
          for (int i = 0; i < blockCount; i++) {
            pattern[i] = n == 0 || i % n < n - 1;
          }
          return pattern;
        });
  }

  /// Floats in a row of queries: `H·D`.
  public int queryWidth() {
    return headCount * headSize;
  }

  /// Floats in a row of keys, and of values: `K·D`.
  public int kvWidth() {
    return headCountKv * headSize;
  }

  /// How many blocks make the next token; files may have further ones behind them that predict those after it.
  int executedBlockCount() {
    return blockCount - keys.count("nextn_predict_layers", 0, blockCount - 1).orElse(0);
  }

  /// The same with what block `index` has of its own, where blocks differ.
  HyperParameters ofBlock(int index) {
    int kvHeads = headCountKv(keys, blockCount, index, headCount);
    int length = keys.countOfBlock("feed_forward_length", blockCount, index, 0, MAX_WIDTH);
    return withBlock(kvHeads, headSize, length);
  }

  /// The same with heads of another size.
  HyperParameters withHeadSize(int size) {
    return withBlock(headCountKv, size, feedForwardLength);
  }

  private HyperParameters withBlock(int kvHeads, int size, int length) {
    return new HyperParameters(
        keys,
        blockCount,
        contextLength,
        embeddingLength,
        length,
        vocabularySize,
        headCount,
        kvHeads,
        size,
        slidingWindow,
        expertCount,
        expertUsedCount,
        rope);
  }

  private static int headCountKv(ArchitectureKeys keys, int blocks, int index, int heads) {
    String key = "attention.head_count_kv";
    int kvHeads = keys.has(key) ? keys.countOfBlock(key, blocks, index, 0, MAX_HEADS) : heads;
    if (kvHeads > 0 && heads % kvHeads != 0) {
      throw new ModelException(
          "%s: expected a divisor of attention.head_count %d, got %d"
              .formatted(keys.key(key), heads, kvHeads));
    }
    return kvHeads;
  }

  private static int headSize(ArchitectureKeys keys, int embedding, int heads) {
    int keyLength =
        keys.count("attention.key_length", 1, MAX_HEAD_SIZE)
            .orElseGet(() -> dividedHeadSize(keys, embedding, heads));
    int valueLength = keys.count("attention.value_length", 1, MAX_HEAD_SIZE).orElse(keyLength);
    // Latent attention makes both of something else.
    if (valueLength != keyLength && !keys.has("attention.kv_lora_rank")) {
      throw new UnsupportedModelException(
          "%s: expected attention.key_length %d, got %d; heads whose values differ in size are not supported"
              .formatted(keys.key("attention.value_length"), keyLength, valueLength));
    }
    return keyLength;
  }

  private static int dividedHeadSize(ArchitectureKeys keys, int embedding, int heads) {
    if (embedding % heads != 0 || embedding / heads > MAX_HEAD_SIZE) {
      throw new ModelException(
          "%s: expected a divisor of embedding_length %d that makes heads of at most %d elements, got %d"
              .formatted(keys.key("attention.head_count"), embedding, MAX_HEAD_SIZE, heads));
    }
    return embedding / heads;
  }

  private static int vocabularySize(ArchitectureKeys keys, int embedding, Shape tokenEmbedding) {
    if (tokenEmbedding.rank() != 2
        || tokenEmbedding.columns() != embedding
        || tokenEmbedding.rows() > MAX_VOCABULARY) {
      throw new ModelException(
          "tensor token_embd.weight: expected shape [V, %d] of %s with at most %d rows, got %s"
              .formatted(embedding, keys.key("embedding_length"), MAX_VOCABULARY, tokenEmbedding));
    }
    return (int) tokenEmbedding.rows();
  }

  private static int expertUsedCount(ArchitectureKeys keys, int experts) {
    return experts == 0 ? 0 : keys.requireCount("expert_used_count", 1, experts);
  }

  private static ModelException missing(ArchitectureKeys keys, String suffix) {
    return new ModelException(keys.key(suffix) + ": expected an integer, got nothing");
  }
}
