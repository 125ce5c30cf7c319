package dev.jmr.runtime.local;

import dev.jmr.tensor.backend.KvPages;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// The pages of one executable: used, free, or *cached*, which is full of tokens that a later sequence may begin with, and
/// used by nobody. Belongs to one thread.
///
/// A page that is known by its tokens has a reference more than it has users. When no page is free, the cached one goes that
/// was used longest ago; of a text, its end before its beginning, as nothing is found behind a page that is gone.
/// [SequencePages] keeps to the order that this needs: whoever uses a known page uses those before it, and lets go of
/// later ones first.
final class PagePool {
  private final KvPages pages;
  private final boolean reuse;
  private final CachedPage root = CachedPage.root();
  private final Map<CachedPage, CachedPage> known = new HashMap<>();

  /// By number.
  private final @Nullable CachedPage[] ofPage;

  /// Head of the ring of cached pages; behind it stands the one used longest ago.
  private final CachedPage cached = CachedPage.root();

  private int cachedCount;
  private long serial;

  /// @param reuse whether pages are kept for later sequences
  PagePool(int pageCount, boolean reuse) {
    this.pages = new KvPages(pageCount);
    this.reuse = reuse;
    this.ofPage = new CachedPage[pageCount];
  }

  /// Whether pages are kept for later sequences.
  boolean reuses() {
    return reuse;
  }

  int pageCount() {
    return pages.pageCount();
  }

  /// Pages that sequences use.
  int usedCount() {
    return pages.pageCount() - availableCount();
  }

  int cachedCount() {
    return cachedCount;
  }

  /// Pages that can be taken: the free and the cached ones.
  int availableCount() {
    return pages.freeCount() + cachedCount;
  }

  /// What stands before the first page of every sequence.
  CachedPage root() {
    return root;
  }

  /// Takes a page that holds nothing; empty if all are in use.
  OptionalInt allocate() {
    if (pages.freeCount() == 0 && cachedCount > 0) {
      forget(cached.younger());
    }
    return pages.allocate();
  }

  private void forget(CachedPage oldest) {
    leaveCache(oldest);
    known.remove(oldest);
    ofPage[oldest.page()] = null;
    pages.release(oldest.page());
  }

  /// The page that holds the tokens from `from` on behind `before`, if one does.
  Optional<CachedPage> find(CachedPage before, int[] tokens, int from) {
    return reuse ? Optional.ofNullable(known.get(before.probe(tokens, from))) : Optional.empty();
  }

  /// Uses a known page.
  void retain(CachedPage page) {
    if (page.linked()) {
      leaveCache(page);
    }
    pages.retain(page.page());
  }

  /// Makes a full page known by its tokens; the one that is known by them, which may be another one.
  ///
  /// @param before what it stands behind
  Optional<CachedPage> register(CachedPage before, int[] tokens, int from, int page) {
    if (!reuse) {
      return Optional.empty();
    }
    CachedPage added = before.child(tokens, from, page, serial++);
    CachedPage present = known.putIfAbsent(added, added);
    if (present != null) {
      return Optional.of(present);
    }
    pages.retain(page);
    ofPage[page] = added;
    return Optional.of(added);
  }

  /// Uses a page no longer: it is cached if it is known by its tokens, and else free, once nobody does.
  void release(int page) {
    pages.release(page);
    CachedPage full = ofPage[page];
    if (full != null && pages.references(page) == 1) {
      full.linkBefore(cached);
      cachedCount++;
    }
  }

  /// Lets a page, if it is cached, pass as used just now.
  void touch(CachedPage page) {
    if (page.linked()) {
      page.unlink();
      page.linkBefore(cached);
    }
  }

  private void leaveCache(CachedPage page) {
    page.unlink();
    cachedCount--;
  }
}
