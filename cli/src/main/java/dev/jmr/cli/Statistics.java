package dev.jmr.cli;

import dev.jmr.runtime.GenerationEvent;
import java.util.Locale;

/// How fast an answer was, as one line.
final class Statistics {
  private Statistics() {}

  static String line(GenerationEvent.Finished finished) {
    GenerationEvent.Usage usage = finished.usage();
    GenerationEvent.Timings timings = finished.timings();
    return String.format(
        Locale.ROOT,
        "prompt %d tokens, %.1f/s; answer %d tokens, %.1f/s; first token after %.2f s%s",
        usage.promptTokens(),
        timings.promptRate(usage),
        usage.completionTokens(),
        timings.generationRate(usage),
        timings.firstTokenNanos() / 1e9,
        ending(finished.reason()));
  }

  /// What a chat says after an answer.
  static String usage(GenerationEvent.Finished finished) {
    GenerationEvent.Usage usage = finished.usage();
    GenerationEvent.Timings timings = finished.timings();
    return String.format(
        Locale.ROOT,
        "Token usage: %d prompt + %d completion = %d total; %.1f tokens/s, the first after %.2f s%s",
        usage.promptTokens(),
        usage.completionTokens(),
        usage.promptTokens() + usage.completionTokens(),
        timings.generationRate(usage),
        timings.firstTokenNanos() / 1e9,
        ending(finished.reason()));
  }

  private static String ending(GenerationEvent.Reason reason) {
    return switch (reason) {
      case STOP -> "";
      case LENGTH -> "; cut off at the limit of tokens";
      case CANCELLED -> "; cancelled";
    };
  }
}
