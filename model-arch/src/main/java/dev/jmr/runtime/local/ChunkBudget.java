package dev.jmr.runtime.local;

/// How many tokens of prompt a step has: all that it can while nobody waits for a next token, and else as many as keep the
/// step short, by what steps took before. Belongs to one thread.
final class ChunkBudget {
  /// What a step with tokens of prompt should take when answers wait for it: five tokens a second go on.
  static final long STEP_NANOS = 200_000_000;

  /// Backends compute many tokens in panels of so many, and a panel takes as long whether it is full or not.
  private static final int PANEL = 32;

  /// Tokens of prompt that a step has in any case: with fewer the weights are read for too little.
  private static final int LEAST = 16;

  private final int most;
  private double nanosPerToken;

  /// @param most tokens of prompt in a step
  ChunkBudget(int most) {
    this.most = most;
  }

  /// Tokens of prompt for the next step, which fill its last panel.
  ///
  /// @param decoding sequences that wait for a token
  int tokens(int decoding) {
    if (decoding == 0) {
      return most;
    }
    long fitting = nanosPerToken == 0 ? 0 : (long) (STEP_NANOS / nanosPerToken);
    long panels = Math.max(PANEL, fitting / PANEL * PANEL);
    long chunk = panels - decoding % PANEL;
    return (int) Math.min(most, chunk < LEAST ? chunk + PANEL : chunk);
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
