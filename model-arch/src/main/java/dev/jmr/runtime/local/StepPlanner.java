package dev.jmr.runtime.local;

import dev.jmr.runtime.EngineException;
import java.util.ArrayList;
import java.util.List;

/// Shares out a step: a token to each sequence that has one pending, and the chunk of prompt to those that have more. Half of
/// it is the oldest prompt's, and whoever has the least left goes first with the rest: a long prompt holds up no short ones, many
/// short ones do not hold it up for ever, and of several as long as each other the first soon answers, in the same steps as
/// the others are read. Belongs to one thread.
///
/// Who has no pages for its tokens takes them from the youngest.
final class StepPlanner {
  private final Roster roster;
  private final PagePool pool;
  private final List<Sequence> running;
  private final List<Sequence> takers = new ArrayList<>();
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
    shareOut(chunk);
    int sum = 0;
    for (int i = 0; i < running.size(); i++) {
      sum += running.get(i).scheduled();
    }
    return sum;
  }

  private void shareOut(int chunk) {
    takers.clear();
    for (int i = 0; i < running.size(); i++) {
      if (takesPart(i)) {
        takers.add(running.get(i));
      }
    }
    if (takers.isEmpty()) {
      return;
    }
    int left = chunk - add(takers.getFirst(), Math.ceilDiv(chunk, 2));
    while (left > 0 && !takers.isEmpty()) {
      left -= add(takers.remove(shortest()), left);
    }
  }

  /// Index of the prompt with the least left; of several the oldest.
  private int shortest() {
    int shortest = 0;
    for (int i = 1; i < takers.size(); i++) {
      if (unscheduled(takers.get(i)) < unscheduled(takers.get(shortest))) {
        shortest = i;
      }
    }
    return shortest;
  }

  private static int unscheduled(Sequence sequence) {
    return sequence.pending() - sequence.scheduled();
  }

  /// Schedules up to so many further tokens of a sequence, if it still runs: it may have lost its pages to an older one; how many.
  private int add(Sequence sequence, int most) {
    if (!running.contains(sequence)) {
      return 0;
    }
    int before = sequence.scheduled();
    schedule(sequence, before + Math.min(most, unscheduled(sequence)));
    return Math.max(0, sequence.scheduled() - before);
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
