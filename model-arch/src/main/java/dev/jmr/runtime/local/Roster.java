package dev.jmr.runtime.local;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

/// The sequences that have begun: those that run, and those that rest because there are too few pages for all. Belongs to
/// one thread.
///
/// Whoever came first runs first: every running sequence is older than every resting one.
final class Roster {
  private final int slots;
  private final PagePool pool;

  /// Oldest first.
  private final List<Sequence> running = new ArrayList<>();

  /// Oldest first.
  private final Deque<Sequence> resting = new ArrayDeque<>();

  /// @param slots sequences that run at most
  Roster(int slots, PagePool pool) {
    this.slots = slots;
    this.pool = pool;
  }

  boolean idle() {
    return running.isEmpty() && resting.isEmpty();
  }

  /// Whether another one may begin; not before those that rest.
  boolean hasFreeSlot() {
    return running.size() < slots && resting.isEmpty();
  }

  /// Those that run, oldest first.
  List<Sequence> running() {
    return running;
  }

  int restingCount() {
    return resting.size();
  }

  /// Takes the youngest one.
  void add(Sequence sequence) {
    resting.addLast(sequence);
  }

  /// Lets those that rest run, as long as there are slots, and pages for all that they have and a little more.
  void wake() {
    while (running.size() < slots && !resting.isEmpty()) {
      Sequence next = resting.getFirst();
      next.share();
      if (!running.isEmpty() && next.missingPages() + promised() > pool.availableCount()) {
        next.rest();
        return;
      }
      running.add(resting.removeFirst());
    }
  }

  /// Pages that those that run need for what they have, and one more each.
  private int promised() {
    int pages = running.size();
    for (Sequence sequence : running) {
      pages += sequence.missingPages();
    }
    return pages;
  }

  /// Lets the youngest one that runs rest, so that its pages are free; it.
  Sequence restYoungest() {
    Sequence youngest = running.removeLast();
    youngest.rest();
    resting.addFirst(youngest);
    return youngest;
  }

  /// All, in no order that matters; may be changed meanwhile.
  Collection<Sequence> all() {
    return Stream.concat(running.stream(), resting.stream()).toList();
  }

  /// Lets go of those that ended.
  void removeEnded() {
    running.removeIf(Sequence::ended);
    if (!resting.isEmpty()) {
      resting.removeIf(Sequence::ended);
    }
  }
}
