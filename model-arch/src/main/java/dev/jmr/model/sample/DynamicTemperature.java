package dev.jmr.model.sample;

/// Divides the logits by a temperature that grows with the entropy of the candidates, as a part of the greatest that so
/// many could have. Source: llama.cpp, `temp_ext`.
record DynamicTemperature(double coldest, double hottest, float exponent) implements Sampler {
  DynamicTemperature(float temperature, DynamicTemperatureParameters parameters) {
    this(
        Math.max(0, temperature - parameters.range()),
        temperature + (double) parameters.range(),
        parameters.exponent());
  }

  @Override
  public void apply(Candidates candidates) {
    if (candidates.size() == 1) {
      return;
    }
    double share = Math.clamp(entropy(candidates) / StrictMath.log(candidates.size()), 0, 1);
    double temperature = coldest + (hottest - coldest) * power(share);
    if (temperature > 0) {
      Temperature.divide(candidates, temperature);
    } else {
      candidates.sort(1);
      candidates.truncate(1);
    }
  }

  /// By logarithms: `StrictMath.pow` allocates.
  private double power(double share) {
    return exponent == 0 ? 1 : StrictMath.exp(exponent * StrictMath.log(share));
  }

  /// In nats: the mean of `log sum - (logit - max)`.
  private static double entropy(Candidates candidates) {
    double max = candidates.maxLogit();
    double sum = candidates.softmax();
    double below = 0;
    for (int i = 0; i < candidates.size(); i++) {
      below += candidates.weight(i) * (max - candidates.logit(i));
    }
    return StrictMath.log(sum) + below / sum;
  }
}
