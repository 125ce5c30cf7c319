package dev.jmr.bench.run;

/// One test of llama-bench: so many tokens of prompt at once, then so many one by one, behind so many that are there.
///
/// @param prompt tokens of prompt; 0 = none
/// @param generation tokens generated one by one; 0 = none
/// @param depth positions of the cache that are filled before, which is not timed
public record TestCase(int prompt, int generation, int depth) {
  public TestCase {
    if (prompt < 0 || generation < 0 || depth < 0 || prompt + generation == 0) {
      throw new IllegalArgumentException(
          "test: expected prompt or generation and no negative number, got %d, %d at depth %d"
              .formatted(prompt, generation, depth));
    }
  }

  /// As llama-bench's table calls it: `pp512`, `tg128`, `pp512+tg128`, each with ` @ d4096` at a depth.
  public String name() {
    String name =
        generation == 0
            ? "pp" + prompt
            : prompt == 0 ? "tg" + generation : "pp%d+tg%d".formatted(prompt, generation);
    return depth == 0 ? name : name + " @ d" + depth;
  }

  /// Tokens that are timed.
  public int tokens() {
    return prompt + generation;
  }

  /// Positions of the cache that the test needs.
  public int positions() {
    return depth + prompt + generation;
  }
}
