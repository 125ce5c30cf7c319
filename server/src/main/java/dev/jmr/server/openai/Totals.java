package dev.jmr.server.openai;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jmr.runtime.GenerationEvent.Finished;
import dev.jmr.runtime.GenerationEvent.Timings;
import dev.jmr.runtime.GenerationEvent.Usage;
import dev.jmr.server.http.Json;

/// How many tokens a request took over all its answers, and how long. For one thread.
final class Totals {
  private final int answersPerPrompt;
  private int promptTokens;
  private int completionTokens;
  private int cachedTokens;
  private int reasoningTokens;
  private int answers;
  private Timings timings = new Timings(0, 0, 0);

  /// @param answersPerPrompt of which each prompt is counted once
  Totals(int answersPerPrompt) {
    this.answersPerPrompt = answersPerPrompt;
  }

  void add(Finished finished) {
    Usage usage = finished.usage();
    if (answers % answersPerPrompt == 0) {
      promptTokens += usage.promptTokens();
      cachedTokens += usage.cachedTokens();
      timings = finished.timings();
    }
    answers++;
    completionTokens += usage.completionTokens();
    reasoningTokens += usage.reasoningTokens();
  }

  ObjectNode usage() {
    ObjectNode usage = Json.object();
    usage.put("prompt_tokens", promptTokens);
    usage.put("completion_tokens", completionTokens);
    usage.put("total_tokens", promptTokens + completionTokens);
    usage.putObject("prompt_tokens_details").put("cached_tokens", cachedTokens);
    usage.putObject("completion_tokens_details").put("reasoning_tokens", reasoningTokens);
    return usage;
  }

  /// llama.cpp's extension.
  ObjectNode timings() {
    double promptMillis = timings.promptNanos() / 1e6;
    double generationMillis = timings.generationNanos() / 1e6;
    ObjectNode node = Json.object();
    node.put("cache_n", cachedTokens);
    node.put("prompt_n", promptTokens);
    node.put("prompt_ms", promptMillis);
    node.put("prompt_per_token_ms", perToken(promptMillis, promptTokens));
    node.put("prompt_per_second", perToken(1e3 * promptTokens, promptMillis));
    node.put("predicted_n", completionTokens);
    node.put("predicted_ms", generationMillis);
    node.put("predicted_per_token_ms", perToken(generationMillis, completionTokens));
    node.put("predicted_per_second", perToken(1e3 * completionTokens, generationMillis));
    return node;
  }

  private static double perToken(double amount, double count) {
    return count <= 0 ? 0 : amount / count;
  }
}
