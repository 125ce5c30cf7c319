package dev.jmr.runtime.local;

import dev.jmr.model.tokenizer.Tokenizer;
import dev.jmr.runtime.EngineException;
import dev.jmr.runtime.GenerationEvent.Reason;
import dev.jmr.tensor.backend.Executable;
import dev.jmr.tensor.backend.KvPages;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Runs sequences together, one step at a time: a token of each one that is answering, and a chunk of prompt of those that
/// are not so far. Belongs to one thread; knows nothing of queues.
///
/// A sequence that ended has given its slot and its pages back before its consumer is told.
final class BatchScheduler {
  private final Executable executable;
  private final Tokenizer tokenizer;
  private final KvPages pages;
  private final SchedulerLimits limits;
  private final BatchAssembler assembler;
  private final float[] logits;
  private final List<Sequence> running = new ArrayList<>();

  BatchScheduler(
      Executable executable, Tokenizer tokenizer, KvPages pages, SchedulerLimits limits) {
    this.executable = executable;
    this.tokenizer = tokenizer;
    this.pages = pages;
    this.limits = limits;
    this.assembler = new BatchAssembler(limits.maxSequences());
    this.logits = new float[Math.multiplyExact(limits.maxSequences(), limits.logitsWidth())];
  }

  boolean idle() {
    return running.isEmpty();
  }

  boolean hasFreeSlot() {
    return running.size() < limits.maxSequences();
  }

  KvPages pages() {
    return pages;
  }

  /// Gives a request a slot; there must be one.
  void admit(QueuedRequest request) {
    try {
      running.add(new Sequence(request, tokenizer, limits.contextLength()));
    } catch (RuntimeException | Error e) {
      request.generation().fail(failure(e));
    }
  }

  /// Lets go of what was cancelled, then runs one step of the others. Whatever goes wrong ends the sequences that it
  /// concerns, and is not thrown.
  void step() {
    dropCancelled();
    if (schedule() > 0 && run()) {
      handOut();
    }
    running.removeIf(Sequence::ended);
  }

  /// Ends every sequence with an error.
  void failAll(EngineException cause) {
    for (Sequence sequence : running) {
      sequence.fail(cause, pages);
    }
    running.clear();
  }

  private void dropCancelled() {
    for (int i = 0; i < running.size(); i++) {
      if (running.get(i).cancelled()) {
        running.get(i).finish(Reason.CANCELLED, pages);
      }
    }
    running.removeIf(Sequence::ended);
  }

  /// Shares out the step: a token to each that has one pending, the chunk of prompt to the first that have more. The sum.
  private int schedule() {
    int chunk = limits.promptChunk();
    int sum = 0;
    for (int i = 0; i < running.size(); i++) {
      Sequence sequence = running.get(i);
      int count = sequence.pending();
      if (count > 1) {
        count = Math.min(count, chunk);
        chunk -= count;
      }
      try {
        sequence.schedule(count, pages);
        sum += count;
      } catch (EngineException e) {
        sequence.fail(e, pages);
      }
    }
    return sum;
  }

  /// Runs what is scheduled; false if that failed.
  private boolean run() {
    try {
      executable.run(assembler.assemble(running), logits);
      return true;
    } catch (RuntimeException | Error e) {
      EngineException failure = failure(e);
      for (Sequence sequence : running) {
        if (sequence.scheduled() > 0) {
          sequence.fail(failure, pages);
        }
      }
      return false;
    }
  }

  /// Goes through the rows of logits, which are in the order of the sequences.
  private void handOut() {
    int offset = 0;
    for (int i = 0; i < running.size(); i++) {
      Sequence sequence = running.get(i);
      if (sequence.wantsLogits()) {
        advanceAndSample(sequence, offset);
        offset += limits.logitsWidth();
      } else {
        sequence.advance();
      }
    }
  }

  private void advanceAndSample(Sequence sequence, int offset) {
    try {
      sequence.advance();
      Optional<Reason> end = sequence.sample(logits, offset);
      if (end.isPresent()) {
        sequence.finish(end.get(), pages);
      }
    } catch (RuntimeException | Error e) {
      sequence.fail(failure(e), pages);
    }
  }

  private static EngineException failure(Throwable cause) {
    return new EngineException("generation failed: " + cause.getMessage(), cause);
  }
}
