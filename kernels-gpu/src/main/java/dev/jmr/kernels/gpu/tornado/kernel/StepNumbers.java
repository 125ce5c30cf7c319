package dev.jmr.kernels.gpu.tornado.kernel;

/// Places in the numbers of a step, the first array of each kernel: what differs from step to step is never compiled in.
///
/// There are [#COUNTS] counts, then as many entries as the largest batch has tokens of each: token ids, positions, last
/// positions of the tokens' sequences, where the sequences' pages begin in the table of pages, and the rows whose logits
/// are wanted.
public final class StepNumbers {
  /// Place of the number of tokens.
  public static final int TOKEN_COUNT = 0;

  /// Place of the number of wanted rows.
  public static final int OUTPUT_COUNT = 1;

  /// Place of the most tokens that there can be.
  public static final int CAPACITY = 2;

  /// Place of how many elements of a result tokens stand for.
  public static final int VOCABULARY = 3;

  /// How many counts there are.
  static final int COUNTS = 4;

  private StepNumbers() {}

  /// How many numbers there are in all.
  public static int length(int capacity) {
    return COUNTS + 5 * capacity;
  }

  /// Place of the token ids.
  public static int tokens() {
    return COUNTS;
  }

  /// Place of the positions.
  public static int positions(int capacity) {
    return COUNTS + capacity;
  }

  /// Place of the last positions of the tokens' sequences.
  public static int lasts(int capacity) {
    return COUNTS + 2 * capacity;
  }

  /// Place of where the pages of the tokens' sequences begin.
  public static int tables(int capacity) {
    return COUNTS + 3 * capacity;
  }

  /// Place of the rows whose logits are wanted.
  public static int outputs(int capacity) {
    return COUNTS + 4 * capacity;
  }
}
