package dev.jmr.bench.run;

import dev.jmr.tensor.backend.Batch;
import dev.jmr.tensor.backend.Executable;
import java.util.Random;
import java.util.stream.IntStream;

/// Feeds random tokens of one sequence to an executable, as llama-bench does: what they are does not change the work.
///
/// The sequence keeps its pages from run to run: position `p` is always in the same page, and what a run leaves behind
/// is overwritten by the next one that begins at the same depth.
final class TokenFeed {
  private static final int SEED = 1;

  private final Executable executable;
  private final Random random = new Random(SEED);
  private final int vocabularySize;
  private final int passTokens;
  private final int batchTokens;
  private final int[][] pages;
  private final float[] logits;

  /// How many positions from 0 on hold tokens that no test overwrites.
  private int filled;

  /// @param passTokens tokens of a forward pass at most
  /// @param batchTokens tokens after which logits are asked for
  TokenFeed(
      Executable executable,
      int vocabularySize,
      int logits,
      int pageCount,
      int passTokens,
      int batchTokens) {
    this.executable = executable;
    this.vocabularySize = vocabularySize;
    this.passTokens = passTokens;
    this.batchTokens = batchTokens;
    this.pages = new int[][] {IntStream.range(0, pageCount).toArray()};
    this.logits = new float[logits];
  }

  /// Makes positions 0 to `depth - 1` those of a prompt.
  void fill(int depth) {
    if (filled < depth) {
      prompt(filled, depth - filled);
    }
    filled = depth;
  }

  /// Runs `count` tokens from position `start` on, in passes as large as they may be.
  void prompt(int start, int count) {
    for (int done = 0; done < count; ) {
      int batch = Math.min(batchTokens, count - done);
      for (int inBatch = 0; inBatch < batch; ) {
        int now = Math.min(passTokens, batch - inBatch);
        inBatch += now;
        run(start + done, now, inBatch == batch);
        done += now;
      }
    }
  }

  /// Runs `count` tokens from position `start` on, one by one, each with its logits.
  void generate(int start, int count) {
    for (int i = 0; i < count; i++) {
      run(start + i, 1, true);
    }
  }

  private void run(int start, int count, boolean output) {
    int[] tokens = new int[count];
    int[] positions = new int[count];
    for (int i = 0; i < count; i++) {
      tokens[i] = random.nextInt(vocabularySize);
      positions[i] = start + i;
    }
    int[] rows = output ? new int[] {count - 1} : new int[0];
    executable.run(new Batch(tokens, positions, new int[count], pages, rows), logits);
  }
}
