package dev.jmr.bench.kernels;

import dev.jmr.tensor.TensorType;
import java.util.List;
import java.util.Optional;

/// What kernels do, whatever the type of their weights.
public enum KernelFamily {
  /// A weight times one row of activations: generation.
  DOT("dot", List.of(Place.values())),

  /// A weight times the tokens of a prompt.
  PANEL("panel", List.of(Place.values())),

  /// A weight decoded to floats, as the panel form does tile by tile.
  UNPACK("unpack", List.of(Place.values())),

  /// Attention of one token over the cache of one layer.
  ATTENTION("attention", List.of(Place.MEMORY)),

  /// Attention of the tokens of a prompt over the cache of one layer.
  ATTENTION_PROMPT("attention-prompt", List.of(Place.CACHE)),

  /// Root-mean-square norm of rows.
  RMS_NORM("rms-norm", List.of(Place.CACHE)),

  /// Rotary embedding of rows of queries.
  ROPE("rope", List.of(Place.CACHE)),

  /// `silu(gate) · up` of rows.
  SILU("silu", List.of(Place.CACHE));

  private static final List<TensorType> LINEAR_TYPES =
      List.of(TensorType.Q4_K, TensorType.Q6_K, TensorType.Q8_0, TensorType.Q4_0, TensorType.F16);

  private final String label;
  private final List<Place> places;

  KernelFamily(String label, List<Place> places) {
    this.label = label;
    this.places = places;
  }

  /// What options and tables call it.
  public String label() {
    return label;
  }

  /// The family called `label`.
  static Optional<KernelFamily> labelled(String label) {
    return List.of(values()).stream().filter(family -> family.label.equals(label)).findFirst();
  }

  /// Where its data may lie.
  List<Place> places() {
    return places;
  }

  /// Whether it reads a weight of any type and size.
  boolean linear() {
    return this == DOT || this == PANEL || this == UNPACK;
  }

  /// Whether it reads keys and values.
  boolean attends() {
    return this == ATTENTION || this == ATTENTION_PROMPT;
  }

  /// Whether it can be measured with this type: that of its weights, of keys and values, or of activations.
  boolean accepts(TensorType type) {
    if (linear()) {
      return type.computable();
    }
    return type == TensorType.F32 || (attends() && type == TensorType.F16);
  }

  /// The types that are measured when none is asked for.
  List<TensorType> usualTypes() {
    if (linear()) {
      return LINEAR_TYPES;
    }
    return List.of(attends() ? TensorType.F16 : TensorType.F32);
  }

  /// The shape that is measured when none is asked for.
  String usualShape() {
    return linear() ? "ffn_up" : "1b";
  }

  /// The shape called `name`, if this family has such shapes.
  Optional<KernelShape> shape(String name) {
    return linear()
        ? KernelShape.matrix(name).map(matrix -> matrix)
        : KernelShape.block(name).map(block -> block);
  }

  /// Whether a prompt's tokens, one token, or both are its rows.
  boolean takesOneToken() {
    return this != PANEL && this != ATTENTION_PROMPT;
  }

  boolean takesPrompt() {
    return this != DOT && this != UNPACK && this != ATTENTION;
  }
}
