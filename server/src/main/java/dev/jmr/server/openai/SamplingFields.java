package dev.jmr.server.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jmr.model.sample.DryParameters;
import dev.jmr.model.sample.DynamicTemperatureParameters;
import dev.jmr.model.sample.MirostatParameters;
import dev.jmr.model.sample.PenaltyParameters;
import dev.jmr.model.sample.SamplerStep;
import dev.jmr.model.sample.SamplingParameters;
import dev.jmr.model.sample.XtcParameters;
import dev.jmr.server.http.ApiException;
import dev.jmr.server.http.Fields;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// How a request wants tokens to be chosen: OpenAI's fields, and those of llama.cpp and vLLM by their names.
final class SamplingFields {
  private static final int ANY = Integer.MAX_VALUE;
  private static final double MAX_TEMPERATURE = 100;

  private final Fields fields;
  private final Map<String, Double> configured;

  private SamplingFields(Fields fields, Map<String, Double> configured) {
    this.fields = fields;
    this.configured = configured;
  }

  /// @param configured for the model, where the request does not say
  /// @throws ApiException 400 if a value makes no sense
  static SamplingParameters read(Fields fields, Map<String, Double> configured) {
    return new SamplingFields(fields, configured).read();
  }

  private SamplingParameters read() {
    SamplingParameters defaults = SamplingParameters.defaults();
    SamplingParameters parameters =
        defaults
            .withTemperature(number("temperature", 0, MAX_TEMPERATURE, defaults.temperature()))
            .withTopK(topK(defaults.topK()))
            .withTopP(positive("top_p", 1, defaults.topP()))
            .withMinP(number("min_p", 0, 1, defaults.minP()))
            .withTypicalP(positive("typical_p", 1, defaults.typicalP()))
            .withTopNSigma(number("top_n_sigma", -1, ANY, defaults.topNSigma()))
            .withDynamicTemperature(dynamicTemperature())
            .withXtc(xtc())
            .withPenalties(penalties())
            .withDry(dry())
            .withMirostat(mirostat())
            .withLogitBias(logitBias())
            .withIgnoreEos(fields.bool("ignore_eos", false))
            .withSeed(seed());
    return samplers().map(parameters::withOrder).orElse(parameters);
  }

  private float number(String name, double min, double max, double otherwise) {
    return fields
        .number(name, min, max)
        .orElse(configured.getOrDefault(name, otherwise))
        .floatValue();
  }

  /// What 0 turns off, as some clients think, is off.
  private float positive(String name, double max, double otherwise) {
    float value = number(name, 0, max, otherwise);
    return value == 0 ? Float.MIN_VALUE : value;
  }

  private int integer(String name, int min, int max, int otherwise) {
    int usual = configured.containsKey(name) ? configured.get(name).intValue() : otherwise;
    return fields.integer(name, min, max).orElse(usual);
  }

  /// -1 is off with vLLM, 0 with llama.cpp.
  private int topK(int otherwise) {
    return Math.max(0, integer("top_k", -1, ANY, otherwise));
  }

  private DynamicTemperatureParameters dynamicTemperature() {
    DynamicTemperatureParameters off = DynamicTemperatureParameters.OFF;
    return new DynamicTemperatureParameters(
        number("dynatemp_range", 0, ANY, off.range()),
        number("dynatemp_exponent", 0, ANY, off.exponent()));
  }

  private XtcParameters xtc() {
    return new XtcParameters(
        number("xtc_probability", 0, 1, XtcParameters.OFF.probability()),
        number("xtc_threshold", 0, 1, XtcParameters.OFF.threshold()));
  }

  private PenaltyParameters penalties() {
    PenaltyParameters off = PenaltyParameters.OFF;
    String repeat = fields.has("repetition_penalty") ? "repetition_penalty" : "repeat_penalty";
    return new PenaltyParameters(
        number(repeat, Float.MIN_VALUE, ANY, off.repeat()),
        integer("repeat_last_n", -1, PenaltyParameters.MAX_LAST_N, off.lastN()),
        number("presence_penalty", -2, 2, off.presence()),
        number("frequency_penalty", -2, 2, off.frequency()));
  }

  private DryParameters dry() {
    DryParameters off = DryParameters.OFF;
    return new DryParameters(
        number("dry_multiplier", 0, ANY, off.multiplier()),
        number("dry_base", 1, ANY, off.base()),
        integer("dry_allowed_length", 0, ANY, off.allowedLength()),
        integer("dry_penalty_last_n", 0, PenaltyParameters.MAX_LAST_N, off.lastN()),
        fields
            .list("dry_sequence_breakers", DryParameters.MAX_BREAKERS)
            .map(list -> list.stream().map(JsonNode::asText).toList())
            .orElse(off.sequenceBreakers()));
  }

  private MirostatParameters mirostat() {
    MirostatParameters off = MirostatParameters.OFF;
    return new MirostatParameters(
        integer("mirostat", 0, 2, off.version()),
        number("mirostat_tau", 0, ANY, off.tau()),
        number("mirostat_eta", 0, ANY, off.eta()));
  }

  private Map<Integer, Float> logitBias() {
    Optional<Fields> biases = fields.object("logit_bias");
    Map<Integer, Float> byToken = new HashMap<>();
    biases.ifPresent(object ->
        object
            .node()
            .fieldNames()
            .forEachRemaining(token ->
                byToken.put(
                    token(token), object.number(token, -100, 100).orElse(0.0).floatValue())));
    byToken.replaceAll((_, bias) -> bias == -100 ? Float.NEGATIVE_INFINITY : bias);
    return byToken;
  }

  private static int token(String text) {
    try {
      return Integer.parseUnsignedInt(text, 0, text.length(), 10);
    } catch (NumberFormatException _) {
      throw ApiException.invalid(
          "logit_bias", "logit_bias: expected token ids as names, got '%s'".formatted(text));
    }
  }

  /// Any number that fits 64 bits; -1 is a random one.
  private long seed() {
    Optional<JsonNode> seed = fields.value("seed");
    seed.ifPresent(value ->
        fields.require(
            value.isIntegralNumber() && value.canConvertToLong(), "seed", "a whole number", value));
    return seed.map(JsonNode::longValue).orElse(SamplingParameters.RANDOM_SEED);
  }

  private Optional<List<SamplerStep>> samplers() {
    return fields
        .value("samplers")
        .map(value ->
            SamplerStep.parseOrder(
                value.isArray()
                    ? value.valueStream().map(JsonNode::asText).collect(Collectors.joining(";"))
                    : value.asText()));
  }
}
