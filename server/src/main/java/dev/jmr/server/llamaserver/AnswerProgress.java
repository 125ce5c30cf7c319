package dev.jmr.server.llamaserver;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jmr.runtime.ChosenToken;
import dev.jmr.runtime.GenerationEvent;
import dev.jmr.runtime.GenerationEvent.Finished;
import dev.jmr.runtime.GenerationEvent.PromptProgress;
import dev.jmr.runtime.GenerationEvent.Reason;
import dev.jmr.runtime.GenerationEvent.ReasoningDelta;
import dev.jmr.runtime.GenerationEvent.TextDelta;
import dev.jmr.runtime.GenerationEvent.Timings;
import dev.jmr.runtime.GenerationEvent.Usage;
import dev.jmr.runtime.TokenLogprob;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// How far an answer has come, by what the server says with each piece of it. For one thread.
final class AnswerProgress {
  private static final double NANOS_PER_MILLI = 1e6;

  /// Empty if log probabilities are not asked for.
  private final OptionalInt topLogprobs;

  /// Those that wait for the next text.
  private final List<ChosenToken> tokens = new ArrayList<>();

  private int promptTokens;
  private int cachedTokens;
  private int completionTokens;
  private int reasoningTokens;
  private double promptMillis;
  private double generationMillis;

  AnswerProgress(OptionalInt topLogprobs) {
    this.topLogprobs = topLogprobs;
  }

  /// Reads `prompt_progress` and `timings`, where they are.
  void read(JsonNode chunk, List<GenerationEvent> events) {
    JsonNode progress = chunk.path("prompt_progress");
    if (progress.path("processed").asInt() > 0) {
      promptTokens = progress.path("total").asInt();
      cachedTokens = progress.path("cache").asInt();
      events.add(new PromptProgress(progress.path("processed").asInt(), promptTokens));
    }
    JsonNode timings = chunk.path("timings");
    if (timings.path("prompt_n").asInt() > 0) {
      cachedTokens = timings.path("cache_n").asInt();
      promptTokens = cachedTokens + timings.path("prompt_n").asInt();
      completionTokens = timings.path("predicted_n").asInt();
      promptMillis = timings.path("prompt_ms").asDouble();
      generationMillis = timings.path("predicted_ms").asDouble();
    }
  }

  /// Takes the numbers that count in the end.
  void usage(int prompt, int completion) {
    promptTokens = prompt;
    completionTokens = completion;
  }

  /// Keeps log probabilities until there is text.
  void logprobs(JsonNode list) throws IOException {
    for (JsonNode token : list) {
      List<TokenLogprob> top = new ArrayList<>();
      for (JsonNode other : token.path("top_logprobs")) {
        top.add(logprob(other));
      }
      int wanted = Math.min(top.size(), topLogprobs.orElse(0));
      tokens.add(new ChosenToken(logprob(token), top.subList(0, wanted)));
    }
  }

  private static TokenLogprob logprob(JsonNode token) {
    JsonNode numbers = token.path("bytes");
    byte[] bytes = new byte[numbers.size()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) numbers.get(i).asInt();
    }
    return new TokenLogprob(
        token.path("id").asInt(),
        token.path("token").asText(),
        bytes,
        (float) Math.max(token.path("logprob").asDouble(), dev.jmr.model.sample.Logprobs.FLOOR));
  }

  void text(String text, List<GenerationEvent> events) {
    if (!text.isEmpty()) {
      addText(text, events);
    }
  }

  private void addText(String text, List<GenerationEvent> events) {
    events.add(topLogprobs.isPresent() ? new TextDelta(text, tokens) : new TextDelta(text));
    tokens.clear();
  }

  void reasoning(String text, List<GenerationEvent> events) {
    if (!text.isEmpty()) {
      events.add(new ReasoningDelta(text));
      reasoningTokens = completionTokens;
    }
  }

  /// The end, after what was kept.
  void finish(Reason reason, Optional<String> stop, List<GenerationEvent> events) {
    if (topLogprobs.isPresent() && !tokens.isEmpty()) {
      addText("", events);
    }
    events.add(finished(reason, stop));
  }

  /// The end as it is now.
  Finished finished(Reason reason, Optional<String> stop) {
    return new Finished(reason, usage(), timings(), stop);
  }

  Usage usage() {
    return new Usage(
        promptTokens,
        completionTokens,
        Math.min(cachedTokens, promptTokens),
        0,
        Math.min(reasoningTokens, completionTokens));
  }

  private Timings timings() {
    long prompt = (long) (promptMillis * NANOS_PER_MILLI);
    return new Timings(
        prompt, completionTokens > 0 ? prompt : 0, (long) (generationMillis * NANOS_PER_MILLI));
  }
}
