package dev.jmr.model.quantize;

import dev.jmr.gguf.GgufMetadata;

/// What of a model decides the types of its tensors.
///
/// @param architecture the value of `general.architecture`
/// @param blockCount `L`
/// @param headsPerKvHead `H / K` of the first block; 0 if the file does not say
/// @param expertCount `X`; 0 = no experts
/// @param tied whether the embedding matrix is the output layer as well
public record ModelFacts(
    String architecture, int blockCount, int headsPerKvHead, int expertCount, boolean tied) {
  private static final int BLOCKS_OF_70B = 80;

  /// Reads what the metadata says; what is missing there is 0.
  static ModelFacts of(GgufMetadata metadata, boolean tied) {
    String architecture = metadata.string("general.architecture").orElse("");
    String prefix = architecture + ".";
    int heads = first(metadata, prefix + "attention.head_count");
    int kvHeads = first(metadata, prefix + "attention.head_count_kv");
    return new ModelFacts(
        architecture,
        first(metadata, prefix + "block_count"),
        kvHeads > 0 ? heads / kvHeads : Math.min(heads, 1),
        first(metadata, prefix + "expert_count"),
        tied);
  }

  private static int first(GgufMetadata metadata, String key) {
    return metadata.integers(key).filter(values -> values.length > 0).map(v -> v[0]).orElse(0);
  }

  boolean falcon() {
    return architecture.equals("falcon");
  }

  /// Whether the values of eight heads come from one small matrix, as in Llama 2 70B.
  boolean fewValues() {
    return blockCount == BLOCKS_OF_70B
        && switch (architecture) {
          case "llama" -> headsPerKvHead > 1;
          case "qwen2", "deci", "olmo" -> true;
          default -> false;
        };
  }
}
