package dev.jmr.model.grammar;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A set of stacks of states: for each state on top, what may lie below it. Immutable but for what it remembers; made and
/// shared by [StackSets], which has one object for equal sets, so that equal contents below mean the same object.
///
/// A set is *closed* if every state on top consumes something; what lies below is not closed, it is where to return to.
final class StackSet {
  private static final StackSet[] NO_SETS = {};

  /// Whether the empty stack is in the set: where it is closed, the text may end.
  final boolean bottom;

  /// States on top, ascending.
  final int[] tops;

  /// What lies below each of [#tops].
  final StackSet[] below;

  /// States of the highest stack.
  final int depth;

  private final int hash;

  /// What follows each class of bytes, as far as it was asked for.
  StackSet[] next = NO_SETS;

  /// The closed set when all of these return.
  @Nullable StackSet returned;

  StackSet(boolean bottom, int[] tops, StackSet... below) {
    this.bottom = bottom;
    this.tops = tops;
    this.below = below;
    int deepest = 0;
    int sum = Arrays.hashCode(tops) * 2 + (bottom ? 1 : 0);
    for (StackSet set : below) {
      deepest = Math.max(deepest, set.depth);
      sum = 31 * sum + System.identityHashCode(set);
    }
    this.depth = tops.length == 0 ? 0 : deepest + 1;
    this.hash = sum;
  }

  boolean isEmpty() {
    return !bottom && tops.length == 0;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    if (this == other) {
      return true;
    }
    if (!(other instanceof StackSet set)
        || hash != set.hash
        || bottom != set.bottom
        || !Arrays.equals(tops, set.tops)) {
      return false;
    }
    for (int i = 0; i < below.length; i++) {
      if (below[i] != set.below[i]) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int hashCode() {
    return hash;
  }
}
