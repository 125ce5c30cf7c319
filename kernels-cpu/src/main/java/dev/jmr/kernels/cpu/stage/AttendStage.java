package dev.jmr.kernels.cpu.stage;

import static dev.jmr.tensor.backend.KvLayout.PAGE_TOKENS;

import dev.jmr.tensor.backend.Batch;
import dev.jmr.tensor.graph.AttentionSpec;
import dev.jmr.tensor.graph.Op;
import java.util.Arrays;

/// Attention of the batch's queries over a layer's cache.
///
/// A chunk is a block of a sequence's tokens and a key-value head, whose queries share the pages that are decoded for them.
/// With few tokens a chunk is also only one part of the context (of [AttentionTile#SPAN] positions), and
/// [AttendMergeStage] adds the parts; chunks that follow each other then read keys and values that follow each other.
final class AttendStage implements Stage {
  /// Tokens of a batch at most whose contexts are split.
  static final int SPLIT_TOKENS = 8;

  private final AttentionSpec spec;
  private final KvCache cache;
  private final int queries;
  private final int out;
  private final int group;
  private final int maxParts;
  private final int width;

  /// @param maxParts of the longest context
  AttendStage(Op.Attention op, KvCache cache, int queries, int out, int maxParts) {
    this.spec = op.spec();
    this.cache = cache;
    this.queries = queries;
    this.out = out;
    this.group = spec.headCount() / spec.headCountKv();
    this.maxParts = maxParts;
    this.width = AttentionSizes.width(spec);
  }

  /// Whether the contexts of a batch's tokens are split.
  static boolean splits(Step step) {
    return step.tokens() <= SPLIT_TOKENS;
  }

  /// The part of the context in which a token's first visible position lies.
  static int firstPart(AttentionSpec spec, Batch batch, int token) {
    return spec.firstVisible(batch.positions()[token]) / AttentionTile.SPAN;
  }

  /// The part of the context in which a token itself lies.
  static int lastPart(Batch batch, int token) {
    return batch.positions()[token] / AttentionTile.SPAN;
  }

  /// The most parts that a block has; 1 where they are not split.
  private int parts(Step step) {
    int parts = 1;
    if (splits(step)) {
      for (int i = 0; i < step.blockCount(); i++) {
        int last = lastPart(step.batch(), step.blocks[i + 1] - 1);
        parts = Math.max(parts, last - firstPart(spec, step.batch(), step.blocks[i]) + 1);
      }
    }
    return parts;
  }

  @Override
  public int chunks(Step step) {
    return step.blockCount() * spec.headCountKv() * parts(step);
  }

  @Override
  public void run(int chunk, Step step, Worker worker) {
    int parts = parts(step);
    int block = chunk / parts / spec.headCountKv();
    AttentionTile tile = worker.attention;
    tile.head = chunk / parts % spec.headCountKv();
    tile.firstToken = step.blocks[block];
    tile.endToken = step.blocks[block + 1];
    tile.count = (tile.endToken - tile.firstToken) * group;
    tile.rows = AttentionKernel.padded(tile.count);
    int first = firstPart(spec, step.batch(), tile.firstToken);
    int last = lastPart(step.batch(), tile.endToken - 1);
    if (splits(step)) {
      int part = chunk % parts;
      if (first + part <= last) {
        pack(step.workspace, tile);
        attend(step.batch(), tile, first + part);
        keep(step.partials, tile, part);
      }
      return;
    }
    pack(step.workspace, tile);
    tile.clearTotals();
    for (int part = first; part <= last; part++) {
      attend(step.batch(), tile, part);
      add(tile);
    }
    for (int i = 0; i < tile.count; i++) {
      tile.mean(i, spec.headSize(), step.workspace, out + place(tile, i));
    }
  }

  /// Where the tile's query `i` lies in a row of queries, and its result in a row of results: a tile has, token by token,
  /// the queries of the head's group.
  private int place(AttentionTile tile, int i) {
    int token = tile.firstToken + i / group;
    return token * spec.queryWidth() + (tile.head * group + i % group) * spec.headSize();
  }

  /// Copies the queries, scaled; padding is 0.
  private void pack(float[] workspace, AttentionTile tile) {
    for (int i = 0; i < tile.rows; i++) {
      int to = i * width;
      int used = i < tile.count ? spec.headSize() : 0;
      int from = queries + place(tile, i);
      for (int d = 0; d < used; d++) {
        tile.queries[to + d] = workspace[from + d] * spec.scale();
      }
      Arrays.fill(tile.queries, to + used, to + width, 0);
    }
  }

  /// Computes the tile's result over the visible positions of a part.
  private void attend(Batch batch, AttentionTile tile, int part) {
    int origin = part * AttentionTile.SPAN;
    int visible = Math.max(origin, spec.firstVisible(batch.positions()[tile.firstToken]));
    int last = Math.min(origin + AttentionTile.SPAN - 1, batch.positions()[tile.endToken - 1]);
    int firstPage = visible / PAGE_TOKENS;
    int endPage = last / PAGE_TOKENS + 1;
    Arrays.fill(tile.scores, 0, tile.rows * AttentionTile.STRIDE, 0);
    for (int page = firstPage; page < endPage; page++) {
      score(batch, tile, page, page * PAGE_TOKENS - origin);
    }
    weigh(batch, tile, origin, firstPage * PAGE_TOKENS, endPage * PAGE_TOKENS);
    Arrays.fill(tile.sums, 0, tile.rows * width, 0);
    for (int page = firstPage; page < endPage; page++) {
      mix(batch, tile, page, page * PAGE_TOKENS - origin);
    }
  }

  private void score(Batch batch, AttentionTile tile, int page, int column) {
    cache.keys(batch.page(tile.firstToken, page * PAGE_TOKENS), tile.head, tile.keys);
    for (int d = 0; d < width; d += AttentionKernel.DEPTH) {
      AttentionKernel.multiply(
          tile.rows,
          PAGE_TOKENS,
          tile.queries,
          d,
          width,
          tile.keys,
          d * PAGE_TOKENS,
          tile.scores,
          column,
          AttentionTile.STRIDE);
    }
  }

  private void weigh(Batch batch, AttentionTile tile, int origin, int first, int end) {
    for (int i = 0; i < tile.count; i++) {
      int position = batch.positions()[tile.firstToken + i / group];
      int from = Math.max(first, spec.firstVisible(position));
      int to = Math.min(end, position + 1);
      tile.weigh(i, first - origin, end - origin, from - origin, to - origin);
    }
  }

  /// Slots that the sequence has not written count as 0: they may hold anything, and 0 times anything may be NaN.
  private void mix(Batch batch, AttentionTile tile, int page, int column) {
    cache.values(batch.page(tile.firstToken, page * PAGE_TOKENS), tile.head, tile.values);
    int written = batch.positions()[tile.endToken - 1] + 1 - page * PAGE_TOKENS;
    if (written < PAGE_TOKENS) {
      Arrays.fill(tile.values, written * width, PAGE_TOKENS * width, 0);
    }
    AttentionKernel.multiply(
        tile.rows,
        width,
        tile.scores,
        column,
        AttentionTile.STRIDE,
        tile.values,
        0,
        tile.sums,
        0,
        width);
  }

  /// Leaves the part's results to the merging stage.
  private void keep(float[] partials, AttentionTile tile, int part) {
    for (int i = 0; i < tile.count; i++) {
      int head = tile.head * group + i % group;
      int to = partialOffset(spec, maxParts, tile.firstToken + i / group, part, head);
      System.arraycopy(tile.sums, i * width, partials, to, spec.headSize());
      partials[to + spec.headSize()] = tile.maxima[i];
      partials[to + spec.headSize() + 1] = tile.weights[i];
    }
  }

  /// Where the result of one query over one part lies among the partial results.
  static int partialOffset(AttentionSpec spec, int maxParts, int token, int part, int head) {
    return ((token * maxParts + part) * spec.headCount() + head)
        * AttentionSizes.partialLength(spec);
  }

  private void add(AttentionTile tile) {
    for (int i = 0; i < tile.count; i++) {
      tile.add(i, spec.headSize(), tile.sums, i * width, tile.maxima[i], tile.weights[i]);
    }
  }
}
