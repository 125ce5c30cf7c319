package dev.jmr.server.llamaserver;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jmr.model.sample.SamplerStep;
import dev.jmr.model.sample.SamplingParameters;
import dev.jmr.runtime.ContextOverflow;
import dev.jmr.runtime.GenerationRequest;
import dev.jmr.runtime.RequestException;
import dev.jmr.runtime.StopConditions;
import java.util.Map;

/// What requests for answers have in common, as `llama-server` reads it. Source: llama.cpp `tools/server/README.md`.
final class RequestJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  /// Which stands for a random seed.
  private static final long RANDOM = 0xFFFF_FFFFL;

  private RequestJson() {}

  static ObjectNode object() {
    return JSON.createObjectNode();
  }

  /// A value of plain Java as JSON.
  static ObjectMapper mapper() {
    return JSON;
  }

  /// A streamed request without its prompt.
  ///
  /// @throws RequestException if it asks for what the server cannot do
  static ObjectNode of(GenerationRequest request) {
    refuse(request);
    ObjectNode body = object();
    body.put("stream", true);
    body.put("cache_prompt", true);
    body.put("return_progress", true);
    body.put("timings_per_token", true);
    if (request.maxTokens() > 0) {
      body.put("n_predict", request.maxTokens());
    }
    if (!request.stop().strings().isEmpty()) {
      request.stop().strings().forEach(body.putArray("stop")::add);
    }
    addSampling(body, request.sampling());
    return body;
  }

  private static void refuse(GenerationRequest request) {
    StopConditions stop = request.stop();
    if (!stop.tokens().isEmpty()) {
      throw new RequestException(
          "stop_token_ids: expected none, as llama-server stops at strings only, got %d; use 'stop'"
              .formatted(stop.tokens().size()));
    }
    ContextOverflow overflow = request.limits().overflow();
    if (overflow.truncates() || overflow.shifts()) {
      throw new RequestException(
          "context overflow: expected it to be refused, as llama-server was started to do, got another wish");
    }
  }

  private static void addSampling(ObjectNode body, SamplingParameters sampling) {
    body.put("temperature", sampling.temperature());
    body.put("dynatemp_range", sampling.dynamicTemperature().range());
    body.put("dynatemp_exponent", sampling.dynamicTemperature().exponent());
    body.put("top_k", sampling.topK());
    body.put("top_p", sampling.topP());
    body.put("min_p", sampling.minP());
    body.put("typical_p", sampling.typicalP());
    body.put("top_n_sigma", sampling.topNSigma());
    body.put("xtc_probability", sampling.xtc().probability());
    body.put("xtc_threshold", sampling.xtc().threshold());
    body.put("min_keep", sampling.minKeep());
    body.put("repeat_penalty", sampling.penalties().repeat());
    body.put("repeat_last_n", sampling.penalties().lastN());
    body.put("presence_penalty", sampling.penalties().presence());
    body.put("frequency_penalty", sampling.penalties().frequency());
    body.put("dry_multiplier", sampling.dry().multiplier());
    body.put("dry_base", sampling.dry().base());
    body.put("dry_allowed_length", sampling.dry().allowedLength());
    body.put("dry_penalty_last_n", sampling.dry().lastN());
    sampling.dry().sequenceBreakers().forEach(body.putArray("dry_sequence_breakers")::add);
    body.put("mirostat", sampling.mirostat().version());
    body.put("mirostat_tau", sampling.mirostat().tau());
    body.put("mirostat_eta", sampling.mirostat().eta());
    body.put("ignore_eos", sampling.ignoreEos());
    sampling.order().stream().map(SamplerStep::text).forEach(body.putArray("samplers")::add);
    body.put("seed", seed(sampling.seed()));
    addBias(body, sampling.logitBias());
  }

  /// The server's seeds have 32 bits.
  private static long seed(long seed) {
    if (seed == SamplingParameters.RANDOM_SEED) {
      return RANDOM;
    }
    long low = seed & RANDOM;
    return low == RANDOM ? RANDOM - 1 : low;
  }

  private static void addBias(ObjectNode body, Map<Integer, Float> biases) {
    if (biases.isEmpty()) {
      return;
    }
    ArrayNode all = body.putArray("logit_bias");
    biases.forEach((token, bias) -> {
      ArrayNode pair = all.addArray().add(token);
      if (bias == Float.NEGATIVE_INFINITY) {
        pair.add(false);
      } else {
        pair.add(bias);
      }
    });
  }
}
