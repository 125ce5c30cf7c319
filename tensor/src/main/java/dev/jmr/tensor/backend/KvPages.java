package dev.jmr.tensor.backend;

import dev.jmr.tensor.TensorException;
import java.util.OptionalInt;

/// Which pages of an executable's key-value cache are in use, and how often. Not thread-safe: one owner thread.
///
/// A page may be referred to by several sequences that begin alike; it is free again when the last one releases it.
/// Only a page with one reference may be written to.
public final class KvPages {
  private final int[] references;
  private final int[] free;
  private int freeCount;

  /// All of `pageCount` pages, free.
  public KvPages(int pageCount) {
    references = new int[pageCount];
    free = new int[pageCount];
    freeCount = pageCount;
    for (int i = 0; i < pageCount; i++) {
      free[i] = pageCount - 1 - i;
    }
  }

  public int pageCount() {
    return references.length;
  }

  public int freeCount() {
    return freeCount;
  }

  /// Takes a free page, with one reference; empty when none is left.
  public OptionalInt allocate() {
    if (freeCount == 0) {
      return OptionalInt.empty();
    }
    int page = free[--freeCount];
    references[page] = 1;
    return OptionalInt.of(page);
  }

  /// Adds a reference to a page that is in use.
  public void retain(int page) {
    requireInUse(page);
    references[page]++;
  }

  /// Takes a reference away; the page is free when it was the last.
  public void release(int page) {
    requireInUse(page);
    if (--references[page] == 0) {
      free[freeCount++] = page;
    }
  }

  /// How many references `page` has; 0 = free.
  public int references(int page) {
    return references[page];
  }

  private void requireInUse(int page) {
    if (page < 0 || page >= references.length || references[page] == 0) {
      throw new TensorException(
          "kv page %d: expected a page in use of 0..%d".formatted(page, references.length - 1));
    }
  }
}
