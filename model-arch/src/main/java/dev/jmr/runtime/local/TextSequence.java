package dev.jmr.runtime.local;

import dev.jmr.model.embedding.PooledText;
import dev.jmr.runtime.EngineException;
import dev.jmr.tensor.backend.Batch;
import dev.jmr.tensor.backend.KvLayout;
import dev.jmr.tensor.backend.KvPages;

/// One text of a task on its way through the model: how far it was processed, its pages, and the rows that it has so far.
/// Belongs to the engine's thread.
final class TextSequence {
  private final EmbeddingTask task;
  private final int index;
  private final int[] ids;
  private final PooledText pooled;
  private final int[] pageTable;
  private int pageCount;
  private int processed;
  private int scheduled;

  /// @param index of the text in its task
  /// @param width floats in a row of the executable's result
  TextSequence(EmbeddingTask task, int index, int width) {
    this.task = task;
    this.index = index;
    this.ids = task.texts().get(index);
    this.pooled = new PooledText(task.pooling(), ids.length, width);
    this.pageTable = new int[KvLayout.pagesFor(ids.length)];
  }

  EmbeddingTask task() {
    return task;
  }

  /// Tokens that are not processed yet.
  int pending() {
    return ids.length - processed;
  }

  /// Tokens of the pass that is being prepared or run.
  int scheduled() {
    return scheduled;
  }

  /// Rows that the pass puts out for it.
  int outputs() {
    return pooled.wantedRows(processed, processed + scheduled);
  }

  /// Takes part in the next pass with the next `count` tokens, and takes the pages that these need.
  ///
  /// @throws EngineException if no page is free
  void schedule(int count, KvPages pages) {
    scheduled = count;
    while (pageCount < KvLayout.pagesFor(processed + count)) {
      pageTable[pageCount] =
          pages
              .allocate()
              .orElseThrow(() ->
                  new EngineException(
                      "key-value cache: expected a free page, got none of " + pages.pageCount()));
      pageCount++;
    }
  }

  /// Writes the scheduled tokens into a batch, from its token `at` on, as its sequence `member`, and which rows they want
  /// from its output row `output` on.
  void writeTo(Batch batch, int at, int member, int output) {
    batch.pageTables()[member] = pageTable;
    for (int i = 0; i < scheduled; i++) {
      batch.tokens()[at + i] = ids[processed + i];
      batch.positions()[at + i] = processed + i;
      batch.sequences()[at + i] = member;
    }
    int first = at + Math.max(0, pooled.firstRow() - processed);
    for (int i = 0; i < outputs(); i++) {
      batch.outputRows()[output + i] = first + i;
    }
  }

  /// Takes the rows of the pass, which are `width` floats each from `offset` on; completes the text if it was the last
  /// one, after it gave the pages back.
  void advance(float[] rows, int offset, int width, KvPages pages) {
    int count = outputs();
    for (int i = 0; i < count; i++) {
      pooled.add(rows, offset + i * width);
    }
    processed += scheduled;
    scheduled = 0;
    if (pending() == 0) {
      release(pages);
      task.complete(index, pooled.vectors());
    }
  }

  /// Gives the pages back.
  void release(KvPages pages) {
    scheduled = 0;
    while (pageCount > 0) {
      pages.release(pageTable[--pageCount]);
    }
  }
}
