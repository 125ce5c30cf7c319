package dev.jmr.runtime.local;

import static dev.jmr.tensor.backend.KvLayout.PAGE_TOKENS;

import dev.jmr.tensor.backend.KvLayout;
import java.util.Optional;
import java.util.OptionalInt;

/// The pages of one sequence: at its beginning perhaps such that it shares with others, then its own. Belongs to the
/// engine's thread.
///
/// Full pages are made known while the sequence runs, so that others can begin with them. Only a page that is not full is
/// ever written to, so what is shared never changes.
final class SequencePages {
  private final PagePool pool;
  private final int[] table;
  private int count;

  /// The first pages that are known, as these and no others, by their tokens; the last of them.
  private int knownCount;

  private CachedPage lastKnown;

  /// Whether another page is known by the tokens of the first one that is not.
  private boolean diverged;

  /// @param tokens the sequence's at most
  SequencePages(PagePool pool, int tokens) {
    this.pool = pool;
    this.table = new int[KvLayout.pagesFor(tokens)];
    this.lastKnown = pool.root();
  }

  /// Page numbers by position, as batches want them.
  int[] table() {
    return table;
  }

  int count() {
    return count;
  }

  /// Whether it has no page of its own so far, so that it can go on with those of others.
  boolean shareable() {
    return pool.reuses() && knownCount == count;
  }

  /// Begins, or goes on, with pages that others have filled, unless it has such of its own; how many tokens these
  /// hold.
  ///
  /// @param limit tokens that all its pages may hold at most
  int share(int[] tokens, int limit) {
    int before = count;
    while (shareable() && (count + 1) * PAGE_TOKENS <= limit) {
      Optional<CachedPage> page = pool.find(lastKnown, tokens, count * PAGE_TOKENS);
      if (page.isEmpty()) {
        break;
      }
      pool.retain(page.get());
      table[count++] = page.get().page();
      lastKnown = page.get();
      knownCount = count;
    }
    return (count - before) * PAGE_TOKENS;
  }

  /// Takes the pages that so many tokens need; whether there were enough. Those that there were it has.
  boolean reserve(int tokens) {
    while (count < KvLayout.pagesFor(tokens)) {
      OptionalInt page = pool.allocate();
      if (page.isEmpty()) {
        return false;
      }
      table[count++] = page.getAsInt();
    }
    return true;
  }

  /// Makes known what is full.
  ///
  /// @param processed tokens that the pages hold
  void publish(int[] tokens, int processed) {
    while (!diverged && (knownCount + 1) * PAGE_TOKENS <= processed) {
      int page = table[knownCount];
      Optional<CachedPage> known = pool.register(lastKnown, tokens, knownCount * PAGE_TOKENS, page);
      diverged = known.isEmpty() || known.get().page() != page;
      if (!diverged) {
        lastKnown = known.get();
        knownCount++;
      }
    }
  }

  /// Gives all pages back, after it made known what others may begin with; may be filled anew then.
  ///
  /// @param processed tokens that the pages hold
  void release(int[] tokens, int processed) {
    CachedPage last = lastKnown;
    int depth = knownCount;
    boolean behind = true;
    while (behind && (depth + 1) * PAGE_TOKENS <= processed) {
      Optional<CachedPage> known = pool.register(last, tokens, depth * PAGE_TOKENS, table[depth]);
      behind = known.isPresent();
      if (behind) {
        last = known.get();
        depth++;
      }
    }
    while (count > 0) {
      pool.release(table[--count]);
      if (count < depth) {
        pool.touch(last);
        last = last.parent();
      }
    }
    knownCount = 0;
    lastKnown = pool.root();
    diverged = false;
  }
}
