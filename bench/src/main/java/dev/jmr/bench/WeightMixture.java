package dev.jmr.bench;

import dev.jmr.tensor.TensorType;

/// Which tensor gets which type, as llama.cpp's quantizer decides it: what the name of a quantized file promises.
///
/// Source: llama.cpp `llama_tensor_get_type` and `llama_ftype`.
public enum WeightMixture {
  F32(0, TensorType.F32),
  F16(1, TensorType.F16),
  BF16(32, TensorType.BF16),
  Q8_0(7, TensorType.Q8_0),
  Q4_0(2, TensorType.Q4_0),
  /// Q4_K with Q6_K where errors hurt most: the output layer and half of `attn_v` and `ffn_down`.
  Q4_K_M(15, TensorType.Q4_K),
  Q6_K(18, TensorType.Q6_K),
  /// Every matrix Q4_K, as llama.cpp's `--pure` makes it.
  Q4_K(14, TensorType.Q4_K);

  private final int fileType;
  private final TensorType base;

  WeightMixture(int fileType, TensorType base) {
    this.fileType = fileType;
    this.base = base;
  }

  /// The value of `general.file_type`.
  public int fileType() {
    return fileType;
  }

  /// The type of the matrix that makes logits: `output`, or `token_embd` where it is tied.
  TensorType output(int columns) {
    return switch (this) {
      case Q4_0, Q4_K_M, Q6_K -> fitting(TensorType.Q6_K, columns);
      case F32, F16, BF16, Q8_0, Q4_K -> fitting(base, columns);
    };
  }

  /// The type of `attn_v` and `ffn_down` in one block.
  TensorType sensitive(int columns, int block, int blockCount) {
    boolean more = this == Q4_K_M && useMoreBits(block, blockCount);
    return fitting(more ? TensorType.Q6_K : base, columns);
  }

  /// The type of any other matrix.
  TensorType matrix(int columns) {
    return fitting(base, columns);
  }

  /// The first and the last eighth of the blocks, and every third between them.
  static boolean useMoreBits(int block, int blockCount) {
    int eighth = blockCount / 8;
    return block < eighth || block >= 7 * blockCount / 8 || (block - eighth) % 3 == 2;
  }

  /// Rows that are not whole blocks get a type of smaller blocks that is at least as exact.
  private static TensorType fitting(TensorType type, int columns) {
    return columns % type.blockSize() == 0 ? type : TensorType.Q8_0;
  }
}
