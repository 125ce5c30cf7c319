package dev.jmr.tensor.reference;

import dev.jmr.tensor.graph.ExpertMatrices;
import dev.jmr.tensor.graph.ExpertSpec;
import dev.jmr.tensor.graph.ExpertWeights;
import dev.jmr.tensor.graph.Op;
import java.util.Arrays;

/// Routes each token to its experts and adds up what they say. Source: llama.cpp `build_moe_ffn`.
final class ReferenceExperts {
  private final WeightRow row = new WeightRow();
  private final WeightRow bias = new WeightRow();
  private float[] x = new float[0];
  private float[] gate = new float[0];
  private float[] up = new float[0];
  private float[] down = new float[0];

  void run(Op.MixtureOfExperts op, Activations activations) {
    float[] input = activations.read(op.input());
    float[] routerInput = activations.read(op.routerInput());
    float[] output = activations.write(op.output());
    int features = op.input().width();
    int hidden = op.expertWeights().feedForwardLength();
    x = atLeast(x, features);
    gate = atLeast(gate, hidden);
    up = atLeast(up, hidden);
    down = atLeast(down, features);
    Arrays.fill(output, 0, activations.size(op.output()), 0f);
    for (int t = 0; t < activations.rows(op.input()); t++) {
      var routing = ReferenceRouting.of(op, routerInput, t * op.routerInput().width());
      for (int i = 0; i < routing.experts().length; i++) {
        System.arraycopy(input, t * features, x, 0, features);
        addExpert(op, routing.experts()[i], routing.weights()[i], output, t * features);
      }
    }
  }

  /// Adds what `expert` says about `x` to the token's output.
  private void addExpert(
      Op.MixtureOfExperts op, int expert, double weight, float[] output, int offset) {
    boolean input = op.spec().weighted() == ExpertSpec.Weighted.INPUT;
    int features = op.input().width();
    for (int e = 0; input && e < features; e++) {
      x[e] = (float) (x[e] * weight);
    }
    ExpertWeights weights = op.expertWeights();
    multiply(weights.gate(), expert, x, gate);
    multiply(weights.up(), expert, x, up);
    for (int f = 0; f < weights.feedForwardLength(); f++) {
      gate[f] = Activate.apply(op.spec().glu(), gate[f], up[f]);
    }
    multiply(weights.down(), expert, gate, down);
    double share = (input ? 1 : weight) * scale(weights, expert);
    for (int e = 0; e < features; e++) {
      output[offset + e] += (float) (down[e] * share);
    }
  }

  private float scale(ExpertWeights weights, int expert) {
    if (weights.downScale().isEmpty()) {
      return 1;
    }
    bias.load(weights.downScale().get(), 0);
    return bias.get(expert);
  }

  private void multiply(ExpertMatrices matrices, int expert, float[] in, float[] out) {
    for (int r = 0; r < matrices.rows(); r++) {
      row.load(matrices.weight(), matrices.row(expert, r));
      out[r] = row.dot(in, 0);
    }
    if (matrices.bias().isPresent()) {
      bias.load(matrices.bias().get(), expert);
      for (int r = 0; r < matrices.rows(); r++) {
        out[r] += bias.get(matrices.firstRow() + r);
      }
    }
  }

  private static float[] atLeast(float[] array, int length) {
    return array.length < length ? new float[length] : array;
  }
}
