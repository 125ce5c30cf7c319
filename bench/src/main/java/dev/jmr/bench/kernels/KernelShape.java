package dev.jmr.bench.kernels;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The sizes of what a kernel works on.
public sealed interface KernelShape {
  /// What options and tables call it.
  String name();

  /// A weight of a matmul.
  ///
  /// @param rows `O`
  /// @param columns `I`
  record Matrix(String name, int rows, int columns) implements KernelShape {}

  /// What one block of a model computes with, apart from its matmuls.
  ///
  /// @param embeddingLength `E`
  /// @param headCount `H`
  /// @param headCountKv `K`
  /// @param headSize `D`
  /// @param feedForwardLength `F`
  record Block(
      String name,
      int embeddingLength,
      int headCount,
      int headCountKv,
      int headSize,
      int feedForwardLength)
      implements KernelShape {}

  /// The weights of Llama 3.2 1B, and with a prefix those of Qwen3 0.6B.
  List<Matrix> MATRICES =
      List.of(
          new Matrix("attn_q", 2048, 2048),
          new Matrix("attn_k", 512, 2048),
          new Matrix("ffn_up", 8192, 2048),
          new Matrix("ffn_down", 2048, 8192),
          new Matrix("output", 128_256, 2048),
          new Matrix("0.6b.attn_q", 2048, 1024),
          new Matrix("0.6b.attn_k", 1024, 1024),
          new Matrix("0.6b.attn_output", 1024, 2048),
          new Matrix("0.6b.ffn_up", 3072, 1024),
          new Matrix("0.6b.ffn_down", 1024, 3072),
          new Matrix("0.6b.output", 151_936, 1024));

  /// The blocks of the same models.
  List<Block> BLOCKS =
      List.of(new Block("1b", 2048, 32, 8, 64, 8192), new Block("0.6b", 1024, 16, 8, 128, 3072));

  /// Rows of a matrix at most, and columns: results for a prompt still fit one array.
  int MAX_ROWS = 1 << 20;

  int MAX_COLUMNS = 1 << 18;

  /// The matrix called `name`, or of that many rows and columns when it is `RxC`.
  static Optional<Matrix> matrix(String name) {
    Matcher sizes = Pattern.compile("([1-9]\\d{0,6})x([1-9]\\d{0,5})").matcher(name);
    if (sizes.matches()) {
      int rows = Integer.parseInt(sizes.group(1));
      int columns = Integer.parseInt(sizes.group(2));
      return rows <= MAX_ROWS && columns <= MAX_COLUMNS
          ? Optional.of(new Matrix(name, rows, columns))
          : Optional.empty();
    }
    return MATRICES.stream().filter(matrix -> matrix.name().equals(name)).findFirst();
  }

  /// The block of the model called `name`.
  static Optional<Block> block(String name) {
    return BLOCKS.stream().filter(block -> block.name().equals(name)).findFirst();
  }
}
