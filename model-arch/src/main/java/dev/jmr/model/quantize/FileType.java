package dev.jmr.model.quantize;

import dev.jmr.model.arch.ModelException;
import dev.jmr.tensor.TensorType;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// What the name of a model file promises about its weights: a type for most of them, and for K-quants a mixture that
/// spends more bits where errors hurt most. Source: llama.cpp `llama_ftype`.
public enum FileType {
  F32(0, TensorType.F32),
  F16(1, TensorType.F16),
  BF16(32, TensorType.BF16),
  Q8_0(7, TensorType.Q8_0),
  Q6_K(18, TensorType.Q6_K),
  Q5_K_M(17, TensorType.Q5_K),
  Q5_K_S(16, TensorType.Q5_K),
  Q5_1(9, TensorType.Q5_1),
  Q5_0(8, TensorType.Q5_0),
  Q4_K_M(15, TensorType.Q4_K),
  Q4_K_S(14, TensorType.Q4_K),
  Q4_1(3, TensorType.Q4_1),
  Q4_0(2, TensorType.Q4_0),
  Q3_K_L(13, TensorType.Q3_K),
  Q3_K_M(12, TensorType.Q3_K),
  Q3_K_S(11, TensorType.Q3_K),
  Q2_K(10, TensorType.Q2_K);

  /// Types that are no more than another way to write floats.
  static final List<TensorType> FLOATS = List.of(TensorType.F32, TensorType.F16, TensorType.BF16);

  private final int id;
  private final TensorType base;

  FileType(int id, TensorType base) {
    this.id = id;
    this.base = base;
  }

  /// The file type that users call `name`, in any case; `Q3_K`, `Q4_K` and `Q5_K` are their medium mixtures.
  ///
  /// @throws ModelException listing the known ones
  public static FileType named(String name) {
    String upper = name.toUpperCase(Locale.ROOT);
    String full = List.of("Q3_K", "Q4_K", "Q5_K").contains(upper) ? upper + "_M" : upper;
    return Arrays.stream(values())
        .filter(type -> type.name().equals(full))
        .findFirst()
        .orElseThrow(() -> new ModelException(unknown(name)));
  }

  /// The file type that `general.file_type` calls `id`, if it is one of these.
  public static Optional<FileType> ofId(long id) {
    return Arrays.stream(values()).filter(type -> type.id == id).findFirst();
  }

  private static String unknown(String name) {
    return "type '%s' cannot be quantized to; known: %s"
        .formatted(
            name, Arrays.stream(values()).map(FileType::name).collect(Collectors.joining(", ")));
  }

  /// The value of `general.file_type`.
  public int id() {
    return id;
  }

  /// The type of most matrices.
  public TensorType base() {
    return base;
  }

  /// Whether the weights stay floats.
  boolean floats() {
    return FLOATS.contains(base);
  }
}
