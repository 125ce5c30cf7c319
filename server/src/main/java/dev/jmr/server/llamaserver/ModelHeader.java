package dev.jmr.server.llamaserver;

import dev.jmr.gguf.Gguf;
import dev.jmr.gguf.GgufException;
import dev.jmr.gguf.GgufMetadata;
import dev.jmr.model.embedding.Pooling;
import dev.jmr.tensor.Tensor;
import java.nio.file.Path;
import java.util.Arrays;

/// What is known of a model by the header of its file, whether or not we could run it ourselves.
///
/// @param file the model's, or the first one of its shards
/// @param vocabularySize how many token ids there are; 0 if the file does not tell
/// @param cacheNumbersPerToken numbers of keys and values that a token of context takes, all layers together
/// @param pooling [Pooling#NONE] if it does not say
/// @param causal whether a token sees only those before it; others are encoders
record ModelHeader(
    Path file,
    String name,
    String architecture,
    int contextLength,
    int embeddingLength,
    int vocabularySize,
    long parameterCount,
    long weightBytes,
    long cacheNumbersPerToken,
    Pooling pooling,
    boolean causal) {
  private static final int UNKNOWN_CONTEXT = 4096;

  /// Reads the header of a file, or of all shards of a model.
  ///
  /// @throws dev.jmr.gguf.GgufException if it is not a whole GGUF file
  static ModelHeader of(Path file) {
    try (Gguf gguf = Gguf.open(file)) {
      GgufMetadata metadata = gguf.metadata();
      String architecture = metadata.string("general.architecture").orElse("unknown");
      Keys keys = new Keys(metadata, architecture + ".");
      long parameters = 0;
      long bytes = 0;
      for (Tensor tensor : gguf.tensors()) {
        parameters += tensor.shape().elementCount();
        bytes += tensor.byteSize();
      }
      return new ModelHeader(
          gguf.paths().getFirst(),
          metadata.string("general.name").orElse(String.valueOf(file.getFileName())),
          architecture,
          (int) keys.integer("context_length", UNKNOWN_CONTEXT),
          (int) keys.integer("embedding_length", 0),
          vocabularySize(metadata, keys),
          parameters,
          bytes,
          cacheNumbersPerToken(keys),
          pooling(keys.integer("pooling_type", 0)),
          metadata.bool(architecture + ".attention.causal").orElse(true));
    }
  }

  private static int vocabularySize(GgufMetadata metadata, Keys keys) {
    return metadata
        .strings("tokenizer.ggml.tokens")
        .map(tokens -> tokens.size())
        .orElseGet(() -> (int) keys.integer("vocab_size", 0));
  }

  private static long cacheNumbersPerToken(Keys keys) {
    long blocks = keys.integer("block_count", 0);
    long heads = Math.max(1, keys.integer("attention.head_count", 1));
    long headSize = keys.integer("embedding_length", 0) / heads;
    long both =
        keys.integer("attention.key_length", headSize)
            + keys.integer("attention.value_length", headSize);
    int[] each =
        keys.metadata()
            .integers(keys.prefix() + "attention.head_count_kv")
            .orElseGet(() -> new int[] {(int) heads});
    long kvHeads = each.length == 1 ? blocks * each[0] : Arrays.stream(each).asLongStream().sum();
    return kvHeads * both;
  }

  private static Pooling pooling(long id) {
    Pooling[] all = Pooling.values();
    return id >= 0 && id < all.length ? all[(int) id] : Pooling.NONE;
  }

  /// Keys of one architecture.
  private record Keys(GgufMetadata metadata, String prefix) {
    /// Its value, or another one where there is none or it makes no sense.
    long integer(String key, long otherwise) {
      try {
        long value = metadata.integer(prefix + key).orElse(otherwise);
        return value >= 0 && value <= Integer.MAX_VALUE ? value : otherwise;
      } catch (GgufException ofAnotherType) {
        return otherwise;
      }
    }
  }
}
