package dev.jmr.kernels.gpu.tornado;

import dev.jmr.kernels.gpu.tornado.kernel.StepNumbers;
import dev.jmr.tensor.backend.Batch;
import dev.jmr.tensor.backend.BatchLimits;
import dev.jmr.tensor.backend.KvLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/// What differs from step to step, in arrays that kernels read: how many tokens there are, which ones, where they are.
///
/// `numbers` is laid out as [StepNumbers] says; `tables` has the pages of each sequence.
final class Step {
  private final int capacity;
  private final IntArray numbers;
  private final IntArray tables;
  private final FloatArray given;

  /// @param pageCount of the cache
  /// @param givenWidth floats that come with each token
  Step(BatchLimits limits, int pageCount, int givenWidth) {
    this.capacity = limits.tokens();
    this.numbers = new IntArray(StepNumbers.length(capacity));
    this.tables = new IntArray(Math.multiplyExact(capacity, pageCount));
    this.given = new FloatArray(Math.max(1, capacity * givenWidth));
    numbers.set(StepNumbers.CAPACITY, capacity);
  }

  IntArray numbers() {
    return numbers;
  }

  IntArray tables() {
    return tables;
  }

  FloatArray given() {
    return given;
  }

  /// Writes a batch down.
  ///
  /// @param vocabulary elements of a row of the result that are looked at for the largest
  void set(Batch batch, int givenWidth, int vocabulary) {
    int count = batch.tokenCount();
    numbers.set(StepNumbers.TOKEN_COUNT, count);
    numbers.set(StepNumbers.OUTPUT_COUNT, batch.outputCount());
    numbers.set(StepNumbers.VOCABULARY, vocabulary);
    int[] places = places(batch);
    int[] lasts = lasts(batch);
    for (int t = 0; t < count; t++) {
      numbers.set(StepNumbers.tokens() + t, batch.tokens()[t]);
      numbers.set(StepNumbers.positions(capacity) + t, batch.positions()[t]);
      numbers.set(StepNumbers.lasts(capacity) + t, lasts[batch.sequences()[t]]);
      numbers.set(StepNumbers.tables(capacity) + t, places[batch.sequences()[t]]);
    }
    for (int i = 0; i < batch.outputCount(); i++) {
      numbers.set(StepNumbers.outputs(capacity) + i, batch.outputRows()[i]);
    }
    MemorySegment.copy(
        batch.given(), 0, given.getSegment(), ValueLayout.JAVA_FLOAT, 0, count * givenWidth);
  }

  private static int[] lasts(Batch batch) {
    int[] lasts = new int[batch.pageTables().length];
    for (int t = 0; t < batch.tokenCount(); t++) {
      lasts[batch.sequences()[t]] = batch.positions()[t];
    }
    return lasts;
  }

  /// Writes down the pages of the sequences that tokens are of, as far as these reach.
  private int[] places(Batch batch) {
    int[] lasts = lasts(batch);
    int[] places = new int[lasts.length];
    boolean[] written = new boolean[lasts.length];
    int end = 0;
    for (int sequence : batch.sequences()) {
      if (!written[sequence]) {
        written[sequence] = true;
        places[sequence] = end;
        int pages = lasts[sequence] / KvLayout.PAGE_TOKENS + 1;
        for (int page = 0; page < pages; page++) {
          tables.set(end++, batch.pageTables()[sequence][page]);
        }
      }
    }
    return places;
  }
}
