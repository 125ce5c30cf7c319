package dev.jmr.tensor.graph;

import dev.jmr.tensor.ShapeMismatchException;

/// The parameters of a trained activation: `alphaP · x² + beta · x` above 0, and
/// `alphaN · (e^min(x, epsilon) - 1 - x) + beta · x` below. Source: ggml `op_xielu`.
///
/// @param epsilon a little below 0, so that the exponential is told apart from 1
public record XieluParameters(float alphaN, float alphaP, float beta, float epsilon) {
  public XieluParameters {
    if (!(Float.isFinite(alphaN) && Float.isFinite(alphaP) && Float.isFinite(beta))
        || !(epsilon <= 0)) {
      throw new ShapeMismatchException(
          "xielu: expected finite numbers and an epsilon that is not positive, got alphaN=%s alphaP=%s beta=%s epsilon=%s"
              .formatted(alphaN, alphaP, beta, epsilon));
    }
  }

  /// The parameters that a model was trained with, of which the alphas are kept as `x` of `ln(1 + e^x)`, and the lower one
  /// without `beta`. Source: ggml `ggml_xielu`.
  public static XieluParameters ofTrained(
      double alphaN, double alphaP, double beta, double epsilon) {
    return new XieluParameters(
        (float) (beta + softplus(alphaN)), (float) softplus(alphaP), (float) beta, (float) epsilon);
  }

  private static double softplus(double x) {
    return x > 20 ? x : Math.log1p(Math.exp(x));
  }

  @Override
  public String toString() {
    return "alphaN=%s alphaP=%s beta=%s epsilon=%s".formatted(alphaN, alphaP, beta, epsilon);
  }
}
