package dev.jmr.runtime.local;

import dev.jmr.runtime.EngineException;
import java.util.List;

/// Shares out a step: a token to each sequence that has one pending, and the chunk of prompt in equal parts to those that
/// have more; what one does not need the others have. Belongs to one thread.
///
/// Who has no pages for its tokens takes them from the youngest.
final class StepPlanner {
  private final Roster roster;
  private final PagePool pool;
  private final List<Sequence> running;
  private long preemptions;

  StepPlanner(Roster roster, PagePool pool) {
    this.roster = roster;
    this.pool = pool;
    this.running = roster.running();
  }

  /// How often a sequence lost its pages to an older one.
  long preemptions() {
    return preemptions;
  }

  /// Sequences that are not in the midst of their prompt.
  int decoding() {
    int count = 0;
    for (int i = 0; i < running.size(); i++) {
      count += running.get(i).pending() == 1 ? 1 : 0;
    }
    return count;
  }

  /// Schedules the next step; its tokens.
  ///
  /// @param chunk tokens of prompt
  int plan(int chunk) {
    for (int i = 0; i < running.size(); i++) {
      if (running.get(i).pending() == 1) {
        schedule(running.get(i), 1);
      }
    }
    int left = shareOut(chunk);
    if (left > 0) {
      giveRest(left);
    }
    int sum = 0;
    for (int i = 0; i < running.size(); i++) {
      sum += running.get(i).scheduled();
    }
    return sum;
  }

  private int shareOut(int chunk) {
    int takers = 0;
    for (int i = 0; i < running.size(); i++) {
      takers += takesPart(i) ? 1 : 0;
    }
    int left = chunk;
    for (int i = 0; i < running.size() && left > 0; i++) {
      if (takesPart(i)) {
        Sequence sequence = running.get(i);
        schedule(sequence, Math.min(sequence.pending(), Math.ceilDiv(left, takers)));
        left -= sequence.scheduled();
        takers = Math.max(1, takers - 1);
      }
    }
    return left;
  }

  private void giveRest(int chunk) {
    int left = chunk;
    for (int i = 0; i < running.size() && left > 0; i++) {
      Sequence sequence = running.get(i);
      int before = sequence.scheduled();
      int more = Math.min(left, sequence.pending() - before);
      if (before > 0 && more > 0) {
        schedule(sequence, before + more);
        left -= more;
      }
    }
  }

  /// Whether a sequence has a prompt to process, and no older one is about to process the same.
  private boolean takesPart(int index) {
    Sequence sequence = running.get(index);
    if (sequence.pending() <= 1) {
      return false;
    }
    sequence.share();
    for (int i = 0; i < index; i++) {
      if (running.get(i).pending() > 1 && sequence.awaits(running.get(i))) {
        return false;
      }
    }
    return true;
  }

  private void schedule(Sequence sequence, int count) {
    while (!sequence.schedule(count)) {
      if (running.size() == 1) {
        sequence.fail(
            new EngineException(
                "key-value cache: expected a free page, got none of " + pool.pageCount()));
        return;
      }
      preemptions++;
      if (roster.restYoungest() == sequence) {
        return;
      }
    }
  }
}
