package dev.jmr.runtime.local;

/// How many tokens of prompt a step has: all that it can while nobody waits for a next token, and else as many as keep the
/// step short, by what steps took before. Belongs to one thread.
final class ChunkBudget {
  /// What a step with tokens of prompt should take when answers wait for it: five tokens a second go on.
  static final long STEP_NANOS = 200_000_000;

  /// What it may take if it has fewer than [#GOOD] tokens otherwise.
  static final long LONGEST_NANOS = 500_000_000;

  /// Tokens for which it pays to read and unpack the weights: more are hardly faster each, half as many a sixth slower.
  private static final int GOOD = 64;

  /// Backends compute many tokens in panels of so many, and a panel takes as long whether it is full or not.
  private static final int PANEL = 32;

  /// Tokens of prompt that a step has in any case.
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
    long fitting = Math.max(fitting(STEP_NANOS), Math.min(GOOD, fitting(LONGEST_NANOS)));
    long chunk = Math.max(PANEL, fitting) - decoding;
    if (chunk < LEAST) {
      int rest = PANEL - decoding % PANEL;
      chunk = rest < LEAST ? rest + PANEL : rest;
    }
    return (int) Math.min(most, chunk);
  }

  /// Tokens of whole panels.
  private long fitting(long nanos) {
    return nanosPerToken == 0 ? 0 : (long) (nanos / nanosPerToken) / PANEL * PANEL;
  }

  /// Learns what a step took.
  ///
  /// @param tokens that it had in all
  /// @param promptTokens of these
  void ran(int tokens, int promptTokens, long nanos) {
    if (promptTokens >= LEAST) {
      double last = (double) nanos / tokens;
      nanosPerToken = nanosPerToken == 0 ? last : (nanosPerToken + last) / 2;
    }
  }
}
