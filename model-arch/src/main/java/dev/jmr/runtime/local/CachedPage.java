package dev.jmr.runtime.local;

import dev.jmr.tensor.backend.KvLayout;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A full page of the cache that begins like others do: its tokens, and the page before it. Equal to another one if all
/// tokens from the first one on are the same, so that it is found by them and never confused.
///
/// It is also a link of the list of those that nobody uses, which [PagePool] keeps.
final class CachedPage {
  private static final int NONE = -1;

  private final Optional<CachedPage> parent;
  private final int[] tokens;
  private final int hash;
  private final int page;

  /// No other page has or had it.
  private final long id;

  private boolean linked;
  private CachedPage older = this;
  private CachedPage younger = this;

  private CachedPage(Optional<CachedPage> parent, int[] tokens, int page, long id) {
    this.parent = parent;
    this.tokens = tokens;
    this.page = page;
    this.id = id;
    this.hash = 31 * parent.map(CachedPage::hashCode).orElse(0) + Arrays.hashCode(tokens);
  }

  /// What stands before the first page of every sequence.
  static CachedPage root() {
    return new CachedPage(Optional.empty(), new int[0], NONE, NONE);
  }

  /// A page behind this one.
  ///
  /// @param from where its [KvLayout#PAGE_TOKENS] tokens begin
  CachedPage child(int[] sequence, int from, int number, long serial) {
    int[] own = Arrays.copyOfRange(sequence, from, from + KvLayout.PAGE_TOKENS);
    return new CachedPage(Optional.of(this), own, number, serial);
  }

  /// What to look a page behind this one up with.
  CachedPage probe(int[] sequence, int from) {
    return child(sequence, from, NONE, NONE);
  }

  /// Its number.
  int page() {
    return page;
  }

  /// The page before it; the root has itself.
  CachedPage parent() {
    return parent.orElse(this);
  }

  /// Whether it is in a list.
  boolean linked() {
    return linked;
  }

  /// The one behind it in the direction of those used later.
  CachedPage younger() {
    return younger;
  }

  /// Enters the list whose head is `head` as its youngest.
  void linkBefore(CachedPage head) {
    linked = true;
    older = head.older;
    younger = head;
    older.younger = this;
    head.older = this;
  }

  /// Leaves its list.
  void unlink() {
    linked = false;
    older.younger = younger;
    younger.older = older;
    older = this;
    younger = this;
  }

  @Override
  public boolean equals(@Nullable Object object) {
    return object instanceof CachedPage other
        && hash == other.hash
        && parentId() == other.parentId()
        && Arrays.equals(tokens, other.tokens);
  }

  private long parentId() {
    return parent.isPresent() ? parent.get().id : NONE;
  }

  @Override
  public int hashCode() {
    return hash;
  }
}
