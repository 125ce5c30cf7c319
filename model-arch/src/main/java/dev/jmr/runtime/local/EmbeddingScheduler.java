package dev.jmr.runtime.local;

import dev.jmr.runtime.EngineException;
import dev.jmr.tensor.backend.Batch;
import dev.jmr.tensor.backend.Executable;
import dev.jmr.tensor.backend.KvPages;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/// Packs texts of many lengths and many tasks into passes of one executable, in the order in which they came. Belongs to
/// one thread; owns the executable.
///
/// A text that sees itself as a whole goes into one pass; of others, the last of a pass may be begun in it and go on in
/// the next.
final class EmbeddingScheduler implements AutoCloseable {
  private final Executable executable;
  private final KvPages pages;
  private final int batchTokens;
  private final boolean wholeTexts;
  private final int width;
  private final float[] rows;
  private final ArrayDeque<TextSequence> waiting = new ArrayDeque<>();
  private final List<TextSequence> batch = new ArrayList<>();
  private long pendingTokens;

  /// @param executable of `plan`
  EmbeddingScheduler(ProgramPlan plan, Executable executable) {
    this.executable = executable;
    this.pages = new KvPages(plan.kv().pageCount());
    this.batchTokens = plan.batches().tokens();
    this.wholeTexts = ProgramPlan.wholeTexts(plan.graph());
    this.width = plan.graph().result().width();
    this.rows = new float[Math.multiplyExact(plan.batches().outputs(), width)];
  }

  boolean idle() {
    return waiting.isEmpty();
  }

  /// Whether the texts that are here leave room in a pass.
  boolean hasRoom() {
    return pendingTokens < batchTokens;
  }

  KvPages pages() {
    return pages;
  }

  /// Takes all texts of a task.
  void admit(EmbeddingTask task) {
    for (int i = 0; i < task.texts().size(); i++) {
      TextSequence text = new TextSequence(task, i, width);
      waiting.add(text);
      pendingTokens += text.pending();
    }
  }

  /// Lets go of what nobody waits for, then runs one pass. Whatever goes wrong ends the tasks that it concerns, and is not
  /// thrown.
  void step() {
    dropCancelled();
    try {
      int tokens = schedule();
      if (tokens > 0) {
        executable.run(assemble(tokens), rows);
        handOut();
      }
    } catch (RuntimeException | Error e) {
      EngineException failure = new EngineException("embedding failed: " + e.getMessage(), e);
      batch.forEach(text -> text.task().fail(failure));
      dropCancelled();
    }
    batch.clear();
  }

  /// Ends every task with an error.
  void failAll(EngineException cause) {
    waiting.forEach(text -> text.task().fail(cause));
    dropCancelled();
  }

  private void dropCancelled() {
    Iterator<TextSequence> texts = waiting.iterator();
    while (texts.hasNext()) {
      TextSequence text = texts.next();
      if (text.task().cancelled()) {
        texts.remove();
        pendingTokens -= text.pending();
        text.release(pages);
      }
    }
  }

  /// Fills the pass from the front; the sum of its tokens.
  private int schedule() {
    int tokens = 0;
    for (TextSequence text : waiting) {
      int room = batchTokens - tokens;
      boolean fits = room > 0 && (!wholeTexts || text.pending() <= room);
      if (!fits || batch.size() == ProgramPlan.MAX_TEXTS) {
        break;
      }
      int count = Math.min(text.pending(), room);
      batch.add(text);
      text.schedule(count, pages);
      tokens += count;
    }
    return tokens;
  }

  private Batch assemble(int tokens) {
    int outputs = 0;
    for (TextSequence text : batch) {
      outputs += text.outputs();
    }
    Batch assembled =
        new Batch(
            new int[tokens],
            new int[tokens],
            new int[tokens],
            new int[batch.size()][],
            new int[outputs]);
    int at = 0;
    int output = 0;
    for (int i = 0; i < batch.size(); i++) {
      TextSequence text = batch.get(i);
      text.writeTo(assembled, at, i, output);
      at += text.scheduled();
      output += text.outputs();
    }
    return assembled;
  }

  /// Goes through the rows, which are in the order of the texts, and takes those that are done from the front.
  private void handOut() {
    int offset = 0;
    for (TextSequence text : batch) {
      int outputs = text.outputs();
      pendingTokens -= text.scheduled();
      text.advance(rows, offset, width, pages);
      offset += outputs * width;
      if (text.pending() == 0) {
        waiting.remove();
      }
    }
  }

  @Override
  public void close() {
    executable.close();
  }
}
