package dev.jmr.model.sample;

/// Sorts no more of three parallel arrays than is asked for: by key, greatest first, equal keys by id, lowest first.
///
/// A heap of the best seen so far, its worst at the root, stands in the range that is asked for; a pass over the rest
/// compares each entry with that root. With a range of 40 in 128k nearly all of them end there: one compare per entry.
final class PartialSort {
  private final float[] keys;
  private final int[] ids;
  private final float[] carried;

  PartialSort(float[] keys, int[] ids, float[] carried) {
    this.keys = keys;
    this.ids = ids;
    this.carried = carried;
  }

  /// Moves the best entries of `from .. size - 1` to `from .. to - 1`, in order; what they displace moves behind.
  void select(int from, int to, int size) {
    if (from >= to) {
      return;
    }
    for (int i = from + (to - from) / 2 - 1; i >= from; i--) {
      siftDown(i, from, to);
    }
    float worst = keys[from];
    for (int i = to; i < size; i++) {
      if (keys[i] >= worst && better(i, from)) {
        swap(i, from);
        siftDown(from, from, to);
        worst = keys[from];
      }
    }
    for (int end = to - 1; end > from; end--) {
      swap(from, end);
      siftDown(from, from, end);
    }
  }

  /// Restores the heap in `from .. to - 1` below `start`: a parent is never better than its children.
  private void siftDown(int start, int from, int to) {
    int parent = start;
    while (true) {
      int worst = 2 * (parent - from) + 1 + from;
      if (worst >= to) {
        return;
      }
      if (worst + 1 < to && better(worst, worst + 1)) {
        worst++;
      }
      if (!better(parent, worst)) {
        return;
      }
      swap(parent, worst);
      parent = worst;
    }
  }

  private boolean better(int a, int b) {
    return keys[a] > keys[b] || (keys[a] == keys[b] && ids[a] < ids[b]);
  }

  private void swap(int a, int b) {
    float key = keys[a];
    keys[a] = keys[b];
    keys[b] = key;
    int id = ids[a];
    ids[a] = ids[b];
    ids[b] = id;
    float other = carried[a];
    carried[a] = carried[b];
    carried[b] = other;
  }
}
