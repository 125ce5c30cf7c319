package dev.jmr.runtime.local;

import dev.jmr.model.tokenizer.Tokenizer;
import dev.jmr.runtime.EngineException;
import dev.jmr.runtime.GenerationEvent.Reason;
import dev.jmr.tensor.backend.Batch;
import dev.jmr.tensor.backend.Executable;
import java.util.List;
import java.util.Optional;

/// Runs sequences together, one step at a time: a token of each one that is answering, and a chunk of prompt of those that
/// are not so far. Belongs to one thread; knows nothing of queues.
///
/// A sequence that ended has given its slot and its pages back before its consumer is told.
final class BatchScheduler {
  private final Executable executable;
  private final Tokenizer tokenizer;
  private final PagePool pages;
  private final SchedulerLimits limits;
  private final BatchAssembler assembler;
  private final Roster roster;
  private final StepPlanner planner;
  private final ChunkBudget budget;
  private final StepCounters counters;
  private final float[] logits;

  /// The likeliest tokens, where nothing else was asked for.
  private final int[] likeliest;

  private boolean greedy;

  BatchScheduler(
      Executable executable,
      Tokenizer tokenizer,
      PagePool pages,
      SchedulerLimits limits,
      StepCounters counters) {
    this.executable = executable;
    this.tokenizer = tokenizer;
    this.pages = pages;
    this.limits = limits;
    this.assembler = new BatchAssembler(limits.maxSequences());
    this.roster = new Roster(limits.maxSequences(), pages);
    this.planner = new StepPlanner(roster, pages);
    this.budget = new ChunkBudget(limits.promptChunk());
    this.counters = counters;
    counters.stand(roster, pages, 0);
    this.likeliest = new int[limits.maxSequences()];
    this.logits = new float[Math.multiplyExact(limits.maxSequences(), limits.logitsWidth())];
  }

  boolean idle() {
    return roster.idle();
  }

  boolean hasFreeSlot() {
    return roster.hasFreeSlot();
  }

  PagePool pages() {
    return pages;
  }

  /// Gives a request a slot; there must be one.
  void admit(QueuedRequest request) {
    try {
      roster.add(new Sequence(request, tokenizer, limits.contextLength(), pages, counters));
    } catch (RuntimeException | Error e) {
      request.generation().fail(failure(e));
    }
  }

  /// Lets go of what was cancelled or has taken too long, then runs one step of the others. Whatever goes wrong ends the sequences that it
  /// concerns, and is not thrown.
  void step() {
    dropOver();
    roster.wake();
    int decoding = planner.decoding();
    int tokens = planner.plan(budget.tokens(decoding));
    if (tokens > 0 && run(Math.max(0, tokens - decoding))) {
      handOut();
    }
    removeEnded();
  }

  /// Ends every sequence with an error.
  void failAll(EngineException cause) {
    for (Sequence sequence : roster.all()) {
      sequence.fail(cause);
    }
    removeEnded();
  }

  private void removeEnded() {
    roster.removeEnded();
    counters.stand(roster, pages, planner.preemptions());
  }

  private void dropOver() {
    boolean dropped = false;
    for (int i = 0; i < running().size(); i++) {
      dropped |= dropIfOver(running().get(i));
    }
    if (roster.restingCount() > 0) {
      for (Sequence sequence : roster.all()) {
        dropped |= dropIfOver(sequence);
      }
    }
    if (dropped) {
      roster.removeEnded();
    }
  }

  private static boolean dropIfOver(Sequence sequence) {
    boolean cancelled = sequence.cancelled();
    if (sequence.ended() || !(cancelled || sequence.expired())) {
      return false;
    }
    sequence.finish(cancelled ? Reason.CANCELLED : Reason.LENGTH);
    return true;
  }

  private List<Sequence> running() {
    return roster.running();
  }

  /// Runs what is scheduled; false if that failed.
  private boolean run(int promptTokens) {
    try {
      long start = System.nanoTime();
      Batch batch = assembler.assemble(running());
      greedy =
          allTakeLikeliest()
              && executable.runLikeliest(batch, tokenizer.vocabularySize(), likeliest);
      if (!greedy) {
        executable.run(batch, logits);
      }
      budget.ran(batch.tokenCount(), promptTokens, System.nanoTime() - start);
      counters.ran(batch.tokenCount(), batch.pageTables().length, batch.outputCount());
      return true;
    } catch (RuntimeException | Error e) {
      EngineException failure = failure(e);
      for (Sequence sequence : running()) {
        if (sequence.scheduled() > 0) {
          sequence.fail(failure);
        }
      }
      return false;
    }
  }

  private boolean allTakeLikeliest() {
    for (int i = 0; i < running().size(); i++) {
      Sequence sequence = running().get(i);
      if (sequence.wantsLogits() && !sequence.takesLikeliest()) {
        return false;
      }
    }
    return true;
  }

  /// Goes through the rows of logits, which are in the order of the sequences.
  private void handOut() {
    int row = 0;
    for (int i = 0; i < running().size(); i++) {
      Sequence sequence = running().get(i);
      if (sequence.wantsLogits()) {
        advanceAndSample(sequence, row++);
      } else {
        sequence.advance();
      }
    }
  }

  private void advanceAndSample(Sequence sequence, int row) {
    try {
      sequence.advance();
      Optional<Reason> end =
          greedy
              ? sequence.take(likeliest[row])
              : sequence.sample(logits, row * limits.logitsWidth());
      if (end.isPresent()) {
        sequence.finish(end.get());
      }
    } catch (RuntimeException | Error e) {
      sequence.fail(failure(e));
    }
  }

  private static EngineException failure(Throwable cause) {
    return new EngineException("generation failed: " + cause.getMessage(), cause);
  }
}
