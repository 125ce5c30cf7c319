package dev.jmr.model.grammar;

/// Walks the trie of the vocabulary and the stacks of a grammar together, and marks the tokens that the grammar allows.
/// Not for use by several threads.
final class MaskWalker {
  private final VocabularyTrie trie;
  private final StackSets sets;
  private final StackSet[] path;

  MaskWalker(VocabularyTrie trie, StackSets sets) {
    this.trie = trie;
    this.sets = sets;
    this.path = new StackSet[trie.deepest() + 1];
  }

  /// Marks the tokens below `node` that go on from `set`, which is what the bytes up to the node have led to.
  void mark(int node, StackSet set, long... mask) {
    walk(node, set, mask, new IntList(), Integer.MAX_VALUE);
  }

  /// As [#mark] from the root, and notes the nodes where the stack may be empty, that is, where what lies below decides.
  ///
  /// @return whether there are at most `limit` of these; if not, the walk was broken off
  boolean mark(StackSet set, long[] mask, IntList left, int limit) {
    return walk(VocabularyTrie.ROOT, set, mask, left, limit);
  }

  private boolean walk(int node, StackSet set, long[] mask, IntList left, int limit) {
    int stop = trie.end(node);
    path[trie.depth(node)] = set;
    int at = node + 1;
    while (at < stop) {
      int depth = trie.depth(at);
      StackSet next = sets.step(path[depth - 1], trie.label(at));
      if (next.isEmpty()) {
        at = trie.end(at);
        continue;
      }
      int last = trie.firstToken(at + 1);
      for (int token = trie.firstToken(at); token < last; token++) {
        TokenBits.set(mask, trie.token(token));
      }
      if (next.bottom && trie.end(at) > at + 1 && limit != Integer.MAX_VALUE) {
        if (left.size() == limit) {
          return false;
        }
        left.add(at);
      }
      path[depth] = next;
      at++;
    }
    return true;
  }
}
