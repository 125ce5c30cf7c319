package dev.jmr.model.tokenizer;

import java.util.Arrays;

/// The symbols of one piece of text, linked, and merged two by two until no rule applies: the best pair first, the
/// leftmost of equal ones.
///
/// Candidates wait in a binary heap of `priority << 32 | left symbol`; those that a merge has outdated are skipped when
/// they come up. `n` symbols take `O(n log n)` time and a constant number of arrays, which are kept for the next text.
/// Source: llama.cpp `llm_tokenizer_bpe_session`, `llm_tokenizer_spm_session`.
final class SymbolChain {
  static final int NONE = -1;

  /// Says which neighbours may be merged.
  interface MergeRule {
    /// The merge of the symbols `left` and `right`, a number that means something to the rule, or [#NONE].
    int candidate(SymbolChain chain, int left, int right);

    /// Lower is merged earlier.
    int priority(int candidate);

    /// The token id of the merged symbol.
    int result(int candidate);
  }

  private int size;
  private int textEnd;
  private int[] ids = new int[32];
  private int[] starts = new int[32];
  private int[] next = new int[32];
  private int[] previous = new int[32];
  private int[] candidates = new int[32];
  private long[] heap = new long[64];
  private int heapSize;

  void clear() {
    size = 0;
    heapSize = 0;
  }

  /// Appends a symbol: its token id or [#NONE], and where in the text it begins.
  void add(int id, int start) {
    if (size == ids.length) {
      grow();
    }
    ids[size] = id;
    starts[size] = start;
    next[size] = size + 1;
    previous[size] = size - 1;
    size++;
  }

  private void grow() {
    int capacity = size << 1;
    ids = Arrays.copyOf(ids, capacity);
    starts = Arrays.copyOf(starts, capacity);
    next = Arrays.copyOf(next, capacity);
    previous = Arrays.copyOf(previous, capacity);
    candidates = new int[capacity];
  }

  /// Merges what can be merged; `end` is where the text of the last symbol ends.
  void merge(MergeRule rule, int end) {
    textEnd = end;
    if (size == 0) {
      return;
    }
    next[size - 1] = NONE;
    for (int i = 0; i < size; i++) {
      offer(rule, i);
    }
    while (heapSize > 0) {
      long best = pop();
      int left = (int) best;
      int candidate = candidates[left];
      if (candidate != NONE && rule.priority(candidate) == (int) (best >> 32)) {
        join(rule, left, candidate);
      }
    }
  }

  private void join(MergeRule rule, int left, int candidate) {
    int right = next[left];
    ids[left] = rule.result(candidate);
    next[left] = next[right];
    candidates[right] = NONE;
    if (next[left] != NONE) {
      previous[next[left]] = left;
    }
    if (previous[left] != NONE) {
      offer(rule, previous[left]);
    }
    offer(rule, left);
  }

  private void offer(MergeRule rule, int left) {
    int right = next[left];
    int candidate = right == NONE ? NONE : rule.candidate(this, left, right);
    candidates[left] = candidate;
    if (candidate != NONE) {
      push(((long) rule.priority(candidate) << 32) | left);
    }
  }

  /// The first symbol, [#NONE] when there is none; the others by [#next].
  int first() {
    return size == 0 ? NONE : 0;
  }

  int next(int symbol) {
    return next[symbol];
  }

  int id(int symbol) {
    return ids[symbol];
  }

  int start(int symbol) {
    return starts[symbol];
  }

  /// Where the text of this symbol ends; valid once [#merge] was called.
  int end(int symbol) {
    return next[symbol] == NONE ? textEnd : starts[next[symbol]];
  }

  private void push(long entry) {
    if (heapSize == heap.length) {
      heap = Arrays.copyOf(heap, heapSize << 1);
    }
    int at = heapSize++;
    while (at > 0) {
      int parent = (at - 1) >>> 1;
      if (heap[parent] <= entry) {
        break;
      }
      heap[at] = heap[parent];
      at = parent;
    }
    heap[at] = entry;
  }

  private long pop() {
    long top = heap[0];
    long last = heap[--heapSize];
    int at = 0;
    for (int child = 1; child < heapSize; child = (at << 1) + 1) {
      if (child + 1 < heapSize && heap[child + 1] < heap[child]) {
        child++;
      }
      if (heap[child] >= last) {
        break;
      }
      heap[at] = heap[child];
      at = child;
    }
    heap[at] = last;
    return top;
  }
}
