package dev.jmr.bench;

import dev.jmr.model.quantize.FileType;
import dev.jmr.model.quantize.ModelFacts;
import dev.jmr.model.quantize.TypeRules;

/// Which tensor gets which type: what `jmr quantize` would make of a model of that shape.
public enum WeightMixture {
  F32(FileType.F32),
  F16(FileType.F16),
  BF16(FileType.BF16),
  Q8_0(FileType.Q8_0),
  Q4_0(FileType.Q4_0),
  /// Q4_K with Q6_K where errors hurt most: the output layer and half of `attn_v` and `ffn_down`.
  Q4_K_M(FileType.Q4_K_M),
  Q6_K(FileType.Q6_K),
  /// Every matrix Q4_K, as `--pure` makes it.
  Q4_K(FileType.Q4_K_S);

  private final FileType fileType;

  WeightMixture(FileType fileType) {
    this.fileType = fileType;
  }

  /// The value of `general.file_type`.
  public int fileType() {
    return fileType.id();
  }

  /// The types for a model of this shape. Experts get what a dense model's layer gets, so that a model of experts and
  /// its dense twin have as many active bytes.
  TypeRules rules(ModelShape shape) {
    return new TypeRules(
        fileType,
        this == Q4_K,
        new ModelFacts(
            shape.family().architecture(),
            shape.blockCount(),
            shape.headCount() / shape.headCountKv(),
            0,
            shape.tied()));
  }
}
