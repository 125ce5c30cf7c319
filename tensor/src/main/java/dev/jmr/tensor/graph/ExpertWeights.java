package dev.jmr.tensor.graph;

import dev.jmr.tensor.Shape;
import dev.jmr.tensor.ShapeMismatchException;
import dev.jmr.tensor.Tensor;
import dev.jmr.tensor.TensorType;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The weights of a mixture of experts.
///
/// @param router `[X, E]`: one logit for each expert
/// @param routerBias `[X]`, added to the logits
/// @param selectionBias `[X]`, added to what experts are chosen by, but not to what they are weighed with
/// @param gate `[X, F, E]`
/// @param up `[X, F, E]`
/// @param down `[X, E, F]`
/// @param downScale `[X]`, multiplies what each expert says
public record ExpertWeights(
    Tensor router,
    Optional<Tensor> routerBias,
    Optional<Tensor> selectionBias,
    ExpertMatrices gate,
    ExpertMatrices up,
    ExpertMatrices down,
    Optional<Tensor> downScale) {

  /// Weights of experts that all count as they are.
  public ExpertWeights(
      Tensor router,
      Optional<Tensor> routerBias,
      Optional<Tensor> selectionBias,
      ExpertMatrices gate,
      ExpertMatrices up,
      ExpertMatrices down) {
    this(router, routerBias, selectionBias, gate, up, down, Optional.empty());
  }

  /// Weights without any bias.
  public static ExpertWeights of(Tensor router, Tensor gate, Tensor up, Tensor down) {
    return new ExpertWeights(
        router,
        Optional.empty(),
        Optional.empty(),
        ExpertMatrices.of(gate),
        ExpertMatrices.of(up),
        ExpertMatrices.of(down));
  }

  /// `F`.
  public int feedForwardLength() {
    return gate.rows();
  }

  /// Every tensor once.
  List<Tensor> tensors() {
    return Stream.of(
            Stream.of(router),
            routerBias.stream(),
            selectionBias.stream(),
            downScale.stream(),
            Stream.of(gate, up, down)
                .flatMap(m -> Stream.concat(Stream.of(m.weight()), m.bias().stream())))
        .flatMap(tensors -> tensors)
        .distinct()
        .toList();
  }

  /// Checks all shapes for `X` experts, router inputs of `routerWidth` and inputs of `width`.
  void require(int experts, int routerWidth, int width) {
    require(router, experts, routerWidth);
    routerBias.ifPresent(bias -> requireFloats(bias, experts));
    selectionBias.ifPresent(bias -> requireFloats(bias, experts));
    downScale.ifPresent(scale -> requireFloats(scale, experts));
    require(gate, experts, feedForwardLength(), width);
    require(up, experts, feedForwardLength(), width);
    require(down, experts, width, feedForwardLength());
  }

  private static void require(ExpertMatrices matrices, int experts, int rows, int columns) {
    Tensor weight = matrices.weight();
    long stacked = matrices.whole() ? rows : weight.shape().axis(1);
    require(weight, experts, stacked, columns);
    if (matrices.rows() != rows) {
      throw new ShapeMismatchException(
          "mixture of experts %s: expected %d rows for each expert, got %d of %d"
              .formatted(weight.name(), rows, matrices.rows(), stacked));
    }
    matrices.bias().ifPresent(bias -> requireFloats(bias, experts, stacked));
  }

  private static void requireFloats(Tensor bias, long... axes) {
    require(bias, axes);
    if (bias.type() != TensorType.F32) {
      throw new ShapeMismatchException(
          "mixture of experts %s: expected type F32, got %s".formatted(bias.name(), bias.type()));
    }
  }

  private static void require(Tensor tensor, long... axes) {
    Shape expected = Shape.of(axes);
    if (!tensor.shape().equals(expected)) {
      throw new ShapeMismatchException(
          "mixture of experts %s: expected %s, got %s"
              .formatted(tensor.name(), expected, tensor.shape()));
    }
  }
}
