package dev.jmr.model.arch;

import dev.jmr.tensor.Tensor;
import java.util.Optional;

/// A weight and the bias that some models add to its product; see [Layers#linear].
///
/// @param weight `[O, I]`
/// @param bias `[O]`, if the file has it
public record Projection(Tensor weight, Optional<Tensor> bias) {
  /// Rows `from` to `from + count`, where a file has several projections in one.
  Projection slice(long from, long count) {
    return new Projection(weight.slice(from, count), bias.map(vector -> vector.slice(from, count)));
  }
}
