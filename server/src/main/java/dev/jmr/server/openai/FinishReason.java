package dev.jmr.server.openai;

import dev.jmr.runtime.GenerationEvent.Reason;

/// Why an answer ended, in OpenAI's words.
final class FinishReason {
  private FinishReason() {}

  /// @param called whether a tool was called: that counts more than that the model stopped by itself then
  static String of(Reason reason, boolean called) {
    return switch (reason) {
      case STOP, CANCELLED -> called ? "tool_calls" : "stop";
      case LENGTH -> "length";
    };
  }
}
