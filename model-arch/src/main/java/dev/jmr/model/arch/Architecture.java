package dev.jmr.model.arch;

import dev.jmr.tensor.graph.Graph;

/// A family of models: knows what the weights of its files mean. Stateless, usable by any thread.
///
/// A new one is a file in this package and a line in [Architectures].
public interface Architecture {
  /// The value of `general.architecture`.
  String name();

  /// Whether blocks may differ in what the file gives a value of for each, such as `attention.head_count_kv`; files that
  /// do are rejected otherwise.
  default boolean blocksMayDiffer() {
    return false;
  }

  /// The operations of one forward pass.
  ///
  /// @param contextLength positions that sequences can have; some models choose their rotary frequencies by it
  /// @throws ModelException if a weight is missing or misshapen, or a hyperparameter makes no sense here
  /// @throws dev.jmr.tensor.ShapeMismatchException if weights do not fit together
  Graph graph(HyperParameters hp, Weights w, int contextLength);
}
