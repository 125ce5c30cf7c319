package dev.jmr.model.quantize;

import dev.jmr.tensor.TensorType;

/// Which matrix of a model gets which type, as llama.cpp's quantizer decides it without an importance matrix: what the
/// name of a quantized file promises. Source: llama.cpp `llama_tensor_get_type` and `tensor_type_fallback`.
public final class TypeRules {
  private static final int MANY_EXPERTS = 8;

  private final FileType fileType;
  private final boolean pure;
  private final ModelFacts model;

  /// @param pure whether all matrices get the base type, whatever they do
  public TypeRules(FileType fileType, boolean pure, ModelFacts model) {
    this.fileType = fileType;
    this.pure = pure;
    this.model = model;
  }

  /// The type of a matrix.
  ///
  /// @param index which one of its role it is: its rank or its block
  /// @param count how many there are
  /// @param columns elements in a row
  public TensorType type(TensorRole role, int index, int count, long columns) {
    TensorType base = fileType.base();
    if (fileType.floats()) {
      return base;
    }
    return fitting(pure ? base : mixed(role, index, count, columns), columns);
  }

  /// The first and the last eighth of the blocks, and every third between them.
  static boolean useMoreBits(int block, int blockCount) {
    int eighth = blockCount / 8;
    return block < eighth || block >= 7 * blockCount / 8 || (block - eighth) % 3 == 2;
  }

  private TensorType mixed(TensorRole role, int index, int count, long columns) {
    return switch (role) {
      case OUTPUT -> output(columns);
      case TOKEN_EMBD -> model.tied() ? output(columns) : fileType.base();
      case ATTN_K -> model.expertCount() == MANY_EXPERTS ? TensorType.Q8_0 : fileType.base();
      case ATTN_V -> attnV(index, count);
      case ATTN_OUTPUT -> attnOutput();
      case FFN_DOWN -> ffnDown(index, count);
      case OTHER -> fileType.base();
    };
  }

  private TensorType output(long columns) {
    TensorType base = fileType.base();
    boolean coarse = base != TensorType.Q8_0 && columns % base.blockSize() == 0;
    return coarse && !model.falcon() ? TensorType.Q6_K : TensorType.Q8_0;
  }

  private TensorType attnV(int index, int count) {
    TensorType base = fileType.base();
    TensorType type =
        switch (fileType) {
          case Q2_K -> model.headsPerKvHead() >= 4 ? TensorType.Q4_K : TensorType.Q3_K;
          case Q3_K_M -> index < 2 ? TensorType.Q5_K : TensorType.Q4_K;
          case Q3_K_L -> TensorType.Q5_K;
          case Q4_K_S -> index < 4 ? TensorType.Q5_K : base;
          case Q4_K_M, Q5_K_M -> useMoreBits(index, count) ? TensorType.Q6_K : base;
          default -> base;
        };
    if (model.expertCount() == MANY_EXPERTS) {
      return TensorType.Q8_0;
    }
    boolean coarse = type == TensorType.Q3_K || type == TensorType.Q4_K;
    return coarse && model.fewValues() ? TensorType.Q5_K : type;
  }

  private TensorType attnOutput() {
    if (model.falcon()) {
      return fileType == FileType.Q3_K_L ? TensorType.Q4_K : fileType.base();
    }
    if (model.expertCount() == MANY_EXPERTS) {
      return switch (fileType) {
        case Q2_K, Q3_K_S, Q3_K_M, Q4_K_S, Q4_K_M -> TensorType.Q5_K;
        default -> fileType.base();
      };
    }
    return switch (fileType) {
      case Q2_K -> TensorType.Q3_K;
      case Q3_K_M -> TensorType.Q4_K;
      case Q3_K_L -> TensorType.Q5_K;
      default -> fileType.base();
    };
  }

  private TensorType ffnDown(int index, int count) {
    TensorType base = fileType.base();
    if (model.falcon()) {
      return ffnDownOfFalcon(index, count);
    }
    return switch (fileType) {
      case Q2_K -> TensorType.Q3_K;
      case Q3_K_M -> index < count / 16 ? TensorType.Q5_K : TensorType.Q4_K;
      case Q3_K_L -> TensorType.Q5_K;
      case Q4_K_S -> index < count / 8 ? TensorType.Q5_K : base;
      case Q4_K_M, Q5_K_M -> useMoreBits(index, count) ? TensorType.Q6_K : base;
      default -> base;
    };
  }

  private TensorType ffnDownOfFalcon(int index, int count) {
    TensorType base = fileType.base();
    boolean first = index < count / 16;
    boolean more = useMoreBits(index, count);
    return switch (fileType) {
      case Q2_K -> TensorType.Q3_K;
      case Q3_K_M -> first ? TensorType.Q5_K : more ? TensorType.Q4_K : base;
      case Q3_K_L -> TensorType.Q4_K;
      case Q4_K_M -> first ? TensorType.Q6_K : more ? TensorType.Q5_K : base;
      case Q5_K_M -> more ? TensorType.Q6_K : base;
      default -> base;
    };
  }

  /// Rows that are not whole blocks get a type of smaller blocks that is at least as exact.
  private static TensorType fitting(TensorType type, long columns) {
    if (columns % type.blockSize() == 0) {
      return type;
    }
    TensorType smaller =
        switch (type) {
          case Q2_K, Q3_K -> TensorType.Q4_0;
          case Q4_K -> TensorType.Q5_0;
          case Q5_K -> TensorType.Q5_1;
          case Q6_K -> TensorType.Q8_0;
          default -> TensorType.F16;
        };
    return columns % smaller.blockSize() == 0 ? smaller : TensorType.F16;
  }
}
