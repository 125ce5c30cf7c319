package dev.jmr.kernels.cpu.stage;

import static dev.jmr.tensor.backend.KvLayout.PAGE_TOKENS;

import dev.jmr.tensor.backend.Batch;
import dev.jmr.tensor.graph.AttentionSpec;
import dev.jmr.tensor.graph.Op;
import java.util.Arrays;

/// Attention of the batch's queries over a layer's cache. A chunk is one key-value head and a block of tokens, whose
/// queries share the pages that are decoded for them.
final class AttendStage implements Stage {
  private static final int BLOCK_TOKENS = 8;

  /// Tokens × positions of a block at most: bounds the scores that are kept.
  private static final int BLOCK_SCORES = 1 << 16;

  private final AttentionSpec spec;
  private final KvCache cache;
  private final int queries;
  private final int out;

  AttendStage(Op.Attention op, KvCache cache, int queries, int out) {
    this.spec = op.spec();
    this.cache = cache;
    this.queries = queries;
    this.out = out;
  }

  /// Whether token `t` may be in the block that begins at token `first`.
  static boolean belongTogether(Batch batch, int first, int t) {
    int tokens = t - first + 1;
    return batch.sequences()[first] == batch.sequences()[t]
        && tokens <= BLOCK_TOKENS
        && tokens * (batch.positions()[t] + 1L) <= BLOCK_SCORES;
  }

  @Override
  public int chunks(Step step) {
    return step.blockCount() * spec.headCountKv();
  }

  @Override
  public void run(int chunk, Step step, Worker worker) {
    int head = chunk % spec.headCountKv();
    int first = step.blocks[chunk / spec.headCountKv()];
    int last = step.blocks[chunk / spec.headCountKv() + 1] - 1;
    Batch batch = step.batch();
    int firstPage = spec.firstVisible(batch.positions()[first]) / PAGE_TOKENS;
    int pages = batch.positions()[last] / PAGE_TOKENS - firstPage + 1;
    int span = pages * PAGE_TOKENS;
    int group = spec.headCount() / spec.headCountKv();
    int count = (last - first + 1) * group;
    float[] scores = worker.scores(count * span);
    score(step, worker, head, first, count, firstPage, pages);
    for (int i = 0; i < count; i++) {
      int position = batch.positions()[first + i / group];
      int origin = firstPage * PAGE_TOKENS;
      int from = spec.firstVisible(position) - origin;
      Softmax.apply(scores, i * span, span, from, position - origin + 1);
    }
    mix(step, worker, head, first, count, firstPage, pages);
  }

  /// Where query `i` of the block lies in a row of queries and of results.
  private int place(int head, int first, int i) {
    int group = spec.headCount() / spec.headCountKv();
    return (first + i / group) * spec.queryWidth() + (head * group + i % group) * spec.headSize();
  }

  private void score(
      Step step, Worker worker, int head, int first, int count, int firstPage, int pages) {
    int span = pages * PAGE_TOKENS;
    for (int page = 0; page < pages; page++) {
      int id = step.batch().page(first, (firstPage + page) * PAGE_TOKENS);
      cache.keys(id, head, worker.keys);
      for (int i = 0; i < count; i++) {
        AttentionKernel.score(
            step.workspace,
            queries + place(head, first, i),
            worker.keys,
            spec.headSize(),
            spec.scale(),
            worker.scores,
            i * span + page * PAGE_TOKENS);
      }
    }
  }

  private void mix(
      Step step, Worker worker, int head, int first, int count, int firstPage, int pages) {
    int span = pages * PAGE_TOKENS;
    for (int i = 0; i < count; i++) {
      int to = out + place(head, first, i);
      Arrays.fill(step.workspace, to, to + spec.headSize(), 0);
    }
    int group = spec.headCount() / spec.headCountKv();
    for (int page = 0; page < pages; page++) {
      int origin = (firstPage + page) * PAGE_TOKENS;
      cache.values(step.batch().page(first, origin), head, worker.values);
      for (int i = 0; i < count; i++) {
        int position = step.batch().positions()[first + i / group];
        int from = Math.max(0, spec.firstVisible(position) - origin);
        int to = Math.min(PAGE_TOKENS, position - origin + 1);
        AttentionKernel.mix(
            worker.scores,
            i * span + page * PAGE_TOKENS,
            from,
            to,
            worker.values,
            spec.headSize(),
            step.workspace,
            out + place(head, first, i));
      }
    }
  }
}
