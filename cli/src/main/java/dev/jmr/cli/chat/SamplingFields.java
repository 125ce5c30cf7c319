package dev.jmr.cli.chat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jmr.model.sample.SamplerStep;
import dev.jmr.model.sample.SamplingParameters;
import java.util.function.Function;

/// How tokens are drawn, in OpenAI's fields and llama.cpp's.
final class SamplingFields {
  private static final SamplingParameters DEFAULTS = SamplingParameters.defaults();

  private final ObjectNode body;
  private final SamplingParameters wanted;

  private SamplingFields(ObjectNode body, SamplingParameters wanted) {
    this.body = body;
    this.wanted = wanted;
  }

  /// Adds what is not as by default.
  static void add(ObjectNode body, SamplingParameters wanted) {
    SamplingFields fields = new SamplingFields(body, wanted);
    fields.addMain();
    fields.addPenalties();
    fields.addFurther();
    if (!wanted.order().equals(DEFAULTS.order())) {
      wanted.order().stream().map(SamplerStep::text).forEach(body.putArray("samplers")::add);
    }
    if (!wanted.logitBias().isEmpty()) {
      ObjectNode biases = body.putObject("logit_bias");
      // As low as a server takes it, for what is ruled out: JSON has no infinity.
      wanted
          .logitBias()
          .forEach((token, bias) -> biases.put(Integer.toString(token), Math.max(-100, bias)));
    }
  }

  private void addMain() {
    put("temperature", SamplingParameters::temperature);
    put("top_k", SamplingParameters::topK);
    put("top_p", SamplingParameters::topP);
    put("min_p", SamplingParameters::minP);
    put("typical_p", SamplingParameters::typicalP);
    put("top_n_sigma", SamplingParameters::topNSigma);
    put("min_keep", SamplingParameters::minKeep);
    put("seed", SamplingParameters::seed);
    if (wanted.ignoreEos()) {
      body.put("ignore_eos", true);
    }
  }

  private void addPenalties() {
    put("repeat_penalty", p -> p.penalties().repeat());
    put("repeat_last_n", p -> p.penalties().lastN());
    put("presence_penalty", p -> p.penalties().presence());
    put("frequency_penalty", p -> p.penalties().frequency());
    put("dry_multiplier", p -> p.dry().multiplier());
    put("dry_base", p -> p.dry().base());
    put("dry_allowed_length", p -> p.dry().allowedLength());
    put("dry_penalty_last_n", p -> p.dry().lastN());
    if (!wanted.dry().sequenceBreakers().equals(DEFAULTS.dry().sequenceBreakers())) {
      wanted.dry().sequenceBreakers().forEach(body.putArray("dry_sequence_breakers")::add);
    }
  }

  private void addFurther() {
    put("dynatemp_range", p -> p.dynamicTemperature().range());
    put("dynatemp_exponent", p -> p.dynamicTemperature().exponent());
    put("xtc_probability", p -> p.xtc().probability());
    put("xtc_threshold", p -> p.xtc().threshold());
    put("mirostat", p -> p.mirostat().version());
    put("mirostat_tau", p -> p.mirostat().tau());
    put("mirostat_eta", p -> p.mirostat().eta());
  }

  private void put(String name, Function<SamplingParameters, Number> value) {
    Number number = value.apply(wanted);
    if (!number.equals(value.apply(DEFAULTS))) {
      body.set(name, RequestBody.JSON.valueToTree(number));
    }
  }
}
