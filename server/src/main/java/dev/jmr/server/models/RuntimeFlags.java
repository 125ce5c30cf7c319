package dev.jmr.server.models;

import dev.jmr.server.http.ApiException;
import dev.jmr.server.manager.BackendNames;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/// Flags of llama.cpp's server, as far as they mean something here. Others that only make it faster are passed over.
///
/// @param sampling defaults by their names in the API
record RuntimeFlags(
    OptionalInt contextSize, OptionalInt reasoningBudget, Map<String, Double> sampling) {
  private static final String CONTEXT = "context";
  private static final String REASONING = "reasoning";

  /// What flags with a number stand for.
  private static final Map<String, String> NUMBERS =
      Map.ofEntries(
          Map.entry("--ctx-size", CONTEXT),
          Map.entry("-c", CONTEXT),
          Map.entry("--reasoning-budget", REASONING),
          Map.entry("--temp", "temperature"),
          Map.entry("--temperature", "temperature"),
          Map.entry("--top-k", "top_k"),
          Map.entry("--top-p", "top_p"),
          Map.entry("--min-p", "min_p"),
          Map.entry("--typical", "typical_p"),
          Map.entry("--repeat-penalty", "repeat_penalty"),
          Map.entry("--repeat-last-n", "repeat_last_n"),
          Map.entry("--presence-penalty", "presence_penalty"),
          Map.entry("--frequency-penalty", "frequency_penalty"));

  /// Flags that change nothing in what is answered. The number of layers on a GPU goes to the engine as it is.
  private static final Set<String> WITH_VALUE =
      Set.of(
          "--threads",
          "-t",
          "--threads-batch",
          "-tb",
          "--batch-size",
          "-b",
          "--ubatch-size",
          "-ub",
          "--n-gpu-layers",
          "-ngl",
          "--gpu-layers",
          "--split-mode",
          "--main-gpu",
          "--tensor-split",
          "--parallel",
          "-np",
          "--cache-type-k",
          "-ctk",
          "--cache-type-v",
          "-ctv",
          "--flash-attn",
          "-fa",
          "--cache-reuse",
          "--pooling",
          "--verbosity",
          "-lv",
          "--reasoning-format");

  private static final Set<String> ALONE =
      Set.of(
          "--mlock",
          "--no-mmap",
          "--cont-batching",
          "-cb",
          "--no-cont-batching",
          "--jinja",
          "--embeddings",
          "--reranking",
          "--verbose",
          "-v",
          "--metrics",
          "--no-warmup");

  RuntimeFlags {
    sampling = Map.copyOf(sampling);
  }

  /// Reads `--flag value` and `--flag=value`.
  ///
  /// @throws ApiException 400 if one is not allowed, or has no number where it needs one
  static RuntimeFlags read(List<String> flags) {
    Map<String, Double> numbers = new HashMap<>();
    Iterator<String> rest = flags.iterator();
    while (rest.hasNext()) {
      String token = rest.next();
      refusePaths(token);
      int equals = token.indexOf('=');
      String flag = equals < 0 ? token : token.substring(0, equals);
      if (ALONE.contains(flag)) {
        continue;
      }
      if (!NUMBERS.containsKey(flag) && !WITH_VALUE.contains(flag)) {
        throw ApiException.invalid(
            "runtime-flags",
            "runtime flag \"%s\" is not allowed for backend \"%s\""
                .formatted(flag, BackendNames.DOCKERS));
      }
      String value = equals >= 0 ? token.substring(equals + 1) : rest.hasNext() ? rest.next() : "";
      refusePaths(value);
      String name = NUMBERS.getOrDefault(flag, "");
      if (!name.isEmpty()) {
        numbers.put(name, number(flag, value));
      }
    }
    OptionalInt context = integer(numbers, CONTEXT);
    OptionalInt reasoning = integer(numbers, REASONING);
    return new RuntimeFlags(
        context.orElse(0) > 0 ? context : OptionalInt.empty(), reasoning, numbers);
  }

  /// Flags may reach the command line of an engine, where none may point at files.
  private static void refusePaths(String token) {
    if (token.indexOf('/') >= 0 || token.indexOf('\\') >= 0) {
      throw ApiException.invalid(
          "runtime-flags",
          "runtime flag: expected no path in any of them, got '%s'".formatted(token));
    }
  }

  private static OptionalInt integer(Map<String, Double> numbers, String name) {
    return numbers.containsKey(name)
        ? OptionalInt.of(numbers.remove(name).intValue())
        : OptionalInt.empty();
  }

  private static double number(String flag, String value) {
    try {
      double number = Double.parseDouble(value);
      if (Double.isFinite(number)) {
        return number;
      }
    } catch (NumberFormatException _) {
      // As bad as one that is none.
    }
    throw ApiException.invalid(
        "runtime-flags",
        "runtime flag \"%s\": expected a number after it, got '%s'".formatted(flag, value));
  }
}
