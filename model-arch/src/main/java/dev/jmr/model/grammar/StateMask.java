package dev.jmr.model.grammar;

/// What the vocabulary can do in one state, whatever lies below it on the stack: the part of a mask that is worked out
/// once. Source: XGrammar's context-independent tokens.
///
/// @param tokens allowed tokens, including those that leave the state exactly at their end
/// @param left nodes of the trie at which the state is left within a token: what lies below decides
/// @param separable whether this splits the work; where nearly every token leaves the state, it does not
record StateMask(TokenBits tokens, int[] left, boolean separable) {
  private static final int MAX_LEFT = 2000;

  static StateMask of(int state, int maskLength, StackSets sets, MaskWalker walker) {
    long[] mask = new long[maskLength];
    IntList left = new IntList();
    boolean separable = walker.mark(sets.alone(state), mask, left, MAX_LEFT);
    return separable
        ? new StateMask(TokenBits.of(mask), left.toArray(), true)
        : new StateMask(TokenBits.of(new long[0]), new int[0], false);
  }
}
