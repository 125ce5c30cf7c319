package dev.jmr.tensor.reference;

import dev.jmr.tensor.graph.ExpertSpec;
import dev.jmr.tensor.graph.Op;
import java.util.Arrays;

/// Routes each token to its experts and adds up what they say. Source: llama.cpp `build_moe_ffn`.
final class ReferenceExperts {
  private final WeightRow row = new WeightRow();
  private float[] probabilities = new float[0];
  private float[] hidden = new float[0];

  void run(Op.MixtureOfExperts op, Activations activations) {
    float[] input = activations.read(op.input());
    float[] output = activations.write(op.output());
    int features = op.input().width();
    Arrays.fill(output, 0, activations.size(op.output()), 0f);
    probabilities = atLeast(probabilities, op.spec().expertCount());
    hidden = atLeast(hidden, Math.toIntExact(op.gate().shape().axis(1)));
    for (int t = 0; t < activations.rows(op.input()); t++) {
      token(op, input, output, t * features);
    }
  }

  private void token(Op.MixtureOfExperts op, float[] input, float[] output, int offset) {
    ExpertSpec spec = op.spec();
    for (int expert = 0; expert < spec.expertCount(); expert++) {
      row.load(op.router(), expert);
      probabilities[expert] = row.dot(input, offset);
    }
    Softmax.inPlace(probabilities, spec.expertCount());
    double chosen = keepBest(spec);
    for (int expert = 0; expert < spec.expertCount(); expert++) {
      if (probabilities[expert] != 0) {
        float share = (float) (probabilities[expert] / chosen);
        expert(op, expert, share, input, output, offset);
      }
    }
  }

  /// Sets all but the best `expertUsedCount` probabilities to zero, the lower index wins ties; returns what is left.
  private double keepBest(ExpertSpec spec) {
    double sum = 0;
    float[] all = Arrays.copyOf(probabilities, spec.expertCount());
    Arrays.fill(probabilities, 0f);
    for (int n = 0; n < spec.expertUsedCount(); n++) {
      int best = 0;
      for (int expert = 1; expert < all.length; expert++) {
        if (all[expert] > all[best]) {
          best = expert;
        }
      }
      probabilities[best] = all[best];
      sum += all[best];
      all[best] = Float.NEGATIVE_INFINITY;
    }
    return sum;
  }

  /// Adds `share · down · (glu(gate · x, up · x))` of one expert to the token's output.
  private void expert(
      Op.MixtureOfExperts op, int expert, float share, float[] input, float[] output, int offset) {
    int features = op.input().width();
    int hiddenCount = Math.toIntExact(op.gate().shape().axis(1));
    for (int f = 0; f < hiddenCount; f++) {
      long index = (long) expert * hiddenCount + f;
      row.load(op.gate(), index);
      float gate = row.dot(input, offset);
      row.load(op.up(), index);
      float up = row.dot(input, offset);
      hidden[f] = Activate.apply(op.spec().glu(), gate, up);
    }
    for (int e = 0; e < features; e++) {
      row.load(op.down(), (long) expert * features + e);
      output[offset + e] += share * row.dot(hidden, 0);
    }
  }

  private static float[] atLeast(float[] array, int length) {
    return array.length < length ? new float[length] : array;
  }
}
