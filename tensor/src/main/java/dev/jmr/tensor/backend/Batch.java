package dev.jmr.tensor.backend;

import dev.jmr.tensor.TensorException;

/// The tokens of one forward pass: parts of one or several sequences.
///
/// Arrays are not copied and must not change while the batch runs. Tokens of one sequence stand in the order of their
/// positions, and all earlier positions of the sequence were run before or stand earlier in this batch.
///
/// @param tokens ids, `T` of them
/// @param positions place of each token in its sequence, from 0
/// @param sequences for each token the index of its row in `pageTables`
/// @param pageTables for each sequence the pages of its positions: position `p` is in page
///     `pageTables[s][p / KvLayout.PAGE_TOKENS]`
/// @param outputRows indices of the tokens whose logits are wanted, ascending; may be empty
/// @param given for each token as many floats as [dev.jmr.tensor.graph.Graph#givenWidth] says; may be longer
public record Batch(
    int[] tokens,
    int[] positions,
    int[] sequences,
    int[][] pageTables,
    int[] outputRows,
    float[] given) {
  private static final float[] NOTHING = {};

  /// A batch of tokens with which nothing else comes.
  public Batch(
      int[] tokens, int[] positions, int[] sequences, int[][] pageTables, int[] outputRows) {
    this(tokens, positions, sequences, pageTables, outputRows, NOTHING);
  }

  public Batch {
    if (tokens.length == 0
        || positions.length != tokens.length
        || sequences.length != tokens.length) {
      throw new TensorException(
          "batch: expected as many positions and sequences as tokens and at least one, got %d, %d and %d"
              .formatted(positions.length, sequences.length, tokens.length));
    }
  }

  /// `T`.
  public int tokenCount() {
    return tokens.length;
  }

  public int outputCount() {
    return outputRows.length;
  }

  /// The page that holds position `position` of token `t`'s sequence.
  public int page(int t, int position) {
    return pageTables[sequences[t]][position / KvLayout.PAGE_TOKENS];
  }

  /// The last position of token `t`'s sequence in this batch.
  public int lastPosition(int t) {
    int last = tokens.length - 1;
    while (sequences[last] != sequences[t]) {
      last--;
    }
    return positions[last];
  }

  /// Checks everything that an executable relies on.
  ///
  /// @throws TensorException naming the first entry that is out of range
  public void validate(BatchBounds bounds) {
    if (tokens.length > bounds.tokens() || outputRows.length > bounds.outputs()) {
      throw new TensorException(
          "batch: expected at most %d tokens and %d outputs, got %d and %d"
              .formatted(bounds.tokens(), bounds.outputs(), tokens.length, outputRows.length));
    }
    if (given.length < (long) tokens.length * bounds.givenWidth()) {
      throw new TensorException(
          "batch: expected %d floats with each of %d tokens, got %d"
              .formatted(bounds.givenWidth(), tokens.length, given.length));
    }
    for (int t = 0; t < tokens.length; t++) {
      requireBelow("token id", t, tokens[t], bounds.vocabularySize());
      requireBelow("sequence", t, sequences[t], pageTables.length);
      int[] pages = pageTables[sequences[t]];
      requireBelow(
          "position",
          t,
          positions[t],
          Math.min(bounds.positionCount(), (long) pages.length * KvLayout.PAGE_TOKENS));
      for (int i = 0; i <= positions[t] / KvLayout.PAGE_TOKENS; i++) {
        requireBelow("page", t, pages[i], bounds.pageCount());
      }
    }
    for (int i = 0; i < outputRows.length; i++) {
      requireBelow("output row", i, outputRows[i], tokens.length);
    }
  }

  private static void requireBelow(String what, int index, int value, long bound) {
    if (value < 0 || value >= bound) {
      throw new TensorException(
          "batch entry %d: expected %s in 0..%d, got %d".formatted(index, what, bound - 1, value));
    }
  }
}
