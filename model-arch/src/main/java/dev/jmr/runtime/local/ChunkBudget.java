package dev.jmr.runtime.local;

/// How many tokens of prompt a step has: all that it can while nobody waits for a next token, and else as many as keep the
/// step short, by what steps took before. Belongs to one thread.
final class ChunkBudget {
  /// What a step with tokens of prompt should take when answers wait for it: five tokens a second go on.
  static final long STEP_NANOS = 200_000_000;

  /// Tokens of prompt that a step has in any case: with fewer the weights are read for too little.
  static final int LEAST = 16;

  private final int most;
  private double nanosPerToken;

  /// @param most tokens of prompt in a step
  ChunkBudget(int most) {
    this.most = most;
  }

  /// Tokens of prompt for the next step.
  ///
  /// @param decoding sequences that wait for a token
  int tokens(int decoding) {
    if (decoding == 0) {
      return most;
    }
    if (nanosPerToken == 0) {
      return Math.min(LEAST, most);
    }
    long fitting = (long) (STEP_NANOS / nanosPerToken) / LEAST * LEAST;
    return Math.clamp(fitting, Math.min(LEAST, most), most);
  }

  /// Learns what a step took.
  ///
  /// @param promptTokens that it had
  void ran(int promptTokens, long nanos) {
    if (promptTokens >= LEAST) {
      double last = (double) nanos / promptTokens;
      nanosPerToken = nanosPerToken == 0 ? last : (nanosPerToken + last) / 2;
    }
  }
}
