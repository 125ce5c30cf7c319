package dev.jmr.cli;

import dev.jmr.model.sample.DynamicTemperatureParameters;
import dev.jmr.model.sample.MirostatParameters;
import dev.jmr.model.sample.SamplingParameters;
import dev.jmr.model.sample.XtcParameters;
import picocli.CommandLine.Option;

/// The options of samplers that are off by default.
final class FurtherSamplingOptions {
  private static final SamplingParameters DEFAULTS = SamplingParameters.defaults();
  private static final DynamicTemperatureParameters DYNAMIC = DEFAULTS.dynamicTemperature();
  private static final MirostatParameters MIROSTAT = DEFAULTS.mirostat();

  @Option(
      names = "--typical-p",
      paramLabel = "P",
      description = "Draw among the most typical tokens that make up P; 1 = all (default: 1).")
  private float typicalP = DEFAULTS.typicalP();

  @Option(
      names = "--top-n-sigma",
      paramLabel = "N",
      description = "Leave out tokens N deviations below the likeliest; -1 = off (default: -1).")
  private float topNSigma = DEFAULTS.topNSigma();

  @Option(
      names = "--min-keep",
      paramLabel = "N",
      description = "Tokens that these and top-p, min-p and XTC leave at least (default: 0).")
  private int minKeep = DEFAULTS.minKeep();

  @Option(
      names = "--xtc-probability",
      paramLabel = "P",
      description = "Leave the top choices out with probability P; 0 = off (default: 0).")
  private float xtcProbability = DEFAULTS.xtc().probability();

  @Option(
      names = "--xtc-threshold",
      paramLabel = "P",
      description = "From which probability on a token is one of them (default: 0.1).")
  private float xtcThreshold = DEFAULTS.xtc().threshold();

  @Option(
      names = "--dynatemp-range",
      paramLabel = "T",
      description = "Let the temperature follow the certainty, T up or down; 0 = off (default: 0).")
  private float dynatempRange = DYNAMIC.range();

  @Option(
      names = "--dynatemp-exp",
      paramLabel = "X",
      description = "How steeply it rises with the entropy (default: 1).")
  private float dynatempExponent = DYNAMIC.exponent();

  @Option(
      names = "--mirostat",
      paramLabel = "N",
      description =
          "Hold the surprise with Mirostat 1 or 2, without other samplers; 0 = off (default: 0).")
  private int mirostat = MIROSTAT.version();

  @Option(
      names = "--mirostat-ent",
      paramLabel = "X",
      description = "The surprise to hold, in bits per token (default: 5).")
  private float mirostatTau = MIROSTAT.tau();

  @Option(
      names = "--mirostat-lr",
      paramLabel = "X",
      description = "Its learning rate (default: 0.1).")
  private float mirostatEta = MIROSTAT.eta();

  SamplingParameters addTo(SamplingParameters parameters) {
    return parameters
        .withTypicalP(typicalP)
        .withTopNSigma(topNSigma)
        .withMinKeep(minKeep)
        .withXtc(new XtcParameters(xtcProbability, xtcThreshold))
        .withDynamicTemperature(new DynamicTemperatureParameters(dynatempRange, dynatempExponent))
        .withMirostat(new MirostatParameters(mirostat, mirostatTau, mirostatEta));
  }
}
