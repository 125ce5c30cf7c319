package dev.jmr.model.sample;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// How the next token is chosen. Names, meanings and defaults are llama.cpp's (`common_params_sampling`).
///
/// @param temperature divides the logits; 0 is greedy: the most likely token, every time
/// @param dynamicTemperature moves the temperature with the certainty of the model
/// @param topK keeps the `topK` most likely tokens; 0 is off
/// @param topP keeps the most likely tokens that together reach this probability, in (0, 1]; 1 is off
/// @param minP keeps tokens at least this many times as likely as the most likely one, in [0, 1]; 0 is off
/// @param typicalP keeps the tokens whose surprise is nearest the expected one until they reach this probability, in
///     (0, 1]; 1 is off
/// @param topNSigma keeps the tokens whose logit is at most this many standard deviations below the greatest; 0 or less
///     is off
/// @param xtc leaves the likeliest tokens out now and then
/// @param minKeep tokens that top-p, min-p, typical-p and XTC leave at least; 0 is as good as 1
/// @param penalties for tokens seen recently
/// @param dry penalties for going on with a repetition
/// @param mirostat holds the surprise at a target
/// @param logitBias added to the logits of these tokens before anything else; -Infinity rules a token out
/// @param ignoreEos rules out the tokens that end a generation
/// @param order of the samplers; one that is not in it is not applied, whatever its values
/// @param seed of the draw; the same seed over the same logits gives the same tokens on every machine, and
///     [#RANDOM_SEED] draws a fresh one per chain
public record SamplingParameters(
    float temperature,
    DynamicTemperatureParameters dynamicTemperature,
    int topK,
    float topP,
    float minP,
    float typicalP,
    float topNSigma,
    XtcParameters xtc,
    int minKeep,
    PenaltyParameters penalties,
    DryParameters dry,
    MirostatParameters mirostat,
    Map<Integer, Float> logitBias,
    boolean ignoreEos,
    List<SamplerStep> order,
    long seed) {
  /// The seed that asks each chain to draw its own; [SamplerChain#seed] tells which one it was.
  public static final long RANDOM_SEED = -1;

  /// As many tokens as can have a logit bias.
  public static final int MAX_LOGIT_BIAS = 1 << 16;

  private static final SamplingParameters DEFAULTS =
      new SamplingParameters(
          0.8f,
          DynamicTemperatureParameters.OFF,
          40,
          0.95f,
          0.05f,
          1,
          -1,
          XtcParameters.OFF,
          0,
          PenaltyParameters.OFF,
          DryParameters.OFF,
          MirostatParameters.OFF,
          Map.of(),
          false,
          SamplerStep.DEFAULT_ORDER,
          RANDOM_SEED);

  /// @throws IllegalArgumentException if a value is outside its range; the message names it and how to turn it off
  public SamplingParameters {
    Ranges.check(
        Float.isFinite(temperature) && temperature >= 0,
        "temperature",
        "0 (greedy) or more",
        temperature);
    Ranges.check(topK >= 0, "top_k", "0 (off) or more", topK);
    Ranges.check(topP > 0 && topP <= 1, "top_p", "more than 0, at most 1 (off)", topP);
    Ranges.check(minP >= 0 && minP <= 1, "min_p", "0 (off) to 1", minP);
    Ranges.check(
        typicalP > 0 && typicalP <= 1, "typical_p", "more than 0, at most 1 (off)", typicalP);
    Ranges.check(
        Float.isFinite(topNSigma), "top_n_sigma", "a finite number; 0 or less is off", topNSigma);
    Ranges.check(minKeep >= 0, "min_keep", "0 or more", minKeep);
    logitBias = Map.copyOf(logitBias);
    Ranges.check(
        logitBias.size() <= MAX_LOGIT_BIAS,
        "logit_bias",
        "at most " + MAX_LOGIT_BIAS + " tokens",
        logitBias.size());
    logitBias.forEach(SamplingParameters::checkBias);
    order = SamplerStep.checkedOrder(order);
  }

  private static void checkBias(int token, float bias) {
    Ranges.check(token >= 0, "logit_bias", "token ids from 0 on", token);
    Ranges.check(
        bias < Float.POSITIVE_INFINITY,
        "logit_bias of token " + token,
        "a finite number, or -Infinity to rule it out",
        bias);
  }

  /// llama.cpp's defaults: temperature 0.8, top-k 40, top-p 0.95, min-p 0.05, all else off, a random seed.
  public static SamplingParameters defaults() {
    return DEFAULTS;
  }

  /// Whether the temperature, where it is applied, leaves the most likely token only.
  boolean greedy() {
    return temperature == 0 && !dynamicTemperature.on();
  }

  public SamplingParameters withTemperature(float temperature) {
    return with(draft -> draft.temperature = temperature);
  }

  public SamplingParameters withDynamicTemperature(
      DynamicTemperatureParameters dynamicTemperature) {
    return with(draft -> draft.dynamicTemperature = dynamicTemperature);
  }

  public SamplingParameters withTopK(int topK) {
    return with(draft -> draft.topK = topK);
  }

  public SamplingParameters withTopP(float topP) {
    return with(draft -> draft.topP = topP);
  }

  public SamplingParameters withMinP(float minP) {
    return with(draft -> draft.minP = minP);
  }

  public SamplingParameters withTypicalP(float typicalP) {
    return with(draft -> draft.typicalP = typicalP);
  }

  public SamplingParameters withTopNSigma(float topNSigma) {
    return with(draft -> draft.topNSigma = topNSigma);
  }

  public SamplingParameters withXtc(XtcParameters xtc) {
    return with(draft -> draft.xtc = xtc);
  }

  public SamplingParameters withMinKeep(int minKeep) {
    return with(draft -> draft.minKeep = minKeep);
  }

  public SamplingParameters withPenalties(PenaltyParameters penalties) {
    return with(draft -> draft.penalties = penalties);
  }

  public SamplingParameters withDry(DryParameters dry) {
    return with(draft -> draft.dry = dry);
  }

  public SamplingParameters withMirostat(MirostatParameters mirostat) {
    return with(draft -> draft.mirostat = mirostat);
  }

  public SamplingParameters withLogitBias(Map<Integer, Float> logitBias) {
    return with(draft -> draft.logitBias = logitBias);
  }

  public SamplingParameters withIgnoreEos(boolean ignoreEos) {
    return with(draft -> draft.ignoreEos = ignoreEos);
  }

  public SamplingParameters withOrder(List<SamplerStep> order) {
    return with(draft -> draft.order = order);
  }

  public SamplingParameters withSeed(long seed) {
    return with(draft -> draft.seed = seed);
  }

  private SamplingParameters with(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return draft.finish();
  }

  /// All values, open to change.
  private static final class Draft {
    private float temperature;
    private DynamicTemperatureParameters dynamicTemperature;
    private int topK;
    private float topP;
    private float minP;
    private float typicalP;
    private float topNSigma;
    private XtcParameters xtc;
    private int minKeep;
    private PenaltyParameters penalties;
    private DryParameters dry;
    private MirostatParameters mirostat;
    private Map<Integer, Float> logitBias;
    private boolean ignoreEos;
    private List<SamplerStep> order;
    private long seed;

    Draft(SamplingParameters from) {
      temperature = from.temperature;
      dynamicTemperature = from.dynamicTemperature;
      topK = from.topK;
      topP = from.topP;
      minP = from.minP;
      typicalP = from.typicalP;
      topNSigma = from.topNSigma;
      xtc = from.xtc;
      minKeep = from.minKeep;
      penalties = from.penalties;
      dry = from.dry;
      mirostat = from.mirostat;
      logitBias = from.logitBias;
      ignoreEos = from.ignoreEos;
      order = from.order;
      seed = from.seed;
    }

    SamplingParameters finish() {
      return new SamplingParameters(
          temperature,
          dynamicTemperature,
          topK,
          topP,
          minP,
          typicalP,
          topNSigma,
          xtc,
          minKeep,
          penalties,
          dry,
          mirostat,
          logitBias,
          ignoreEos,
          order,
          seed);
    }
  }
}
