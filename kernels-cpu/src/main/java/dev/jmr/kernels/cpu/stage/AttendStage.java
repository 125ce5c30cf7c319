package dev.jmr.kernels.cpu.stage;

import static dev.jmr.tensor.backend.KvLayout.PAGE_TOKENS;

import dev.jmr.tensor.TensorType;
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
  private final int keyWidth;
  private final int valueWidth;
  private final float[] sinks;

  /// @param maxParts of the longest context
  AttendStage(Op.Attention op, KvCache cache, int queries, int out, int maxParts) {
    this.spec = op.spec();
    this.cache = cache;
    this.queries = queries;
    this.out = out;
    this.group = spec.groupSize();
    this.maxParts = maxParts;
    this.keyWidth = AttentionSizes.padded(spec.keyLength());
    this.valueWidth = AttentionSizes.padded(spec.valueLength());
    this.sinks = sinks(op);
  }

  /// Whether the contexts of a batch's tokens are split.
  static boolean splits(Step step) {
    return step.tokens() <= SPLIT_TOKENS;
  }

  /// A layer's sinks by head; empty if it has none.
  static float[] sinks(Op.Attention op) {
    float[] values = new float[op.sinks().isPresent() ? op.spec().headCount() : 0];
    op.sinks()
        .ifPresent(tensor ->
            TensorType.F32.format().dequantize(tensor.data(), 0, values, 0, values.length));
    return values;
  }

  /// The part of the context in which the first position lies that a block's tokens see.
  static int firstPart(AttentionSpec spec, Step step, int block) {
    int position = step.batch().positions()[step.blocks[block]];
    return spec.mask().firstVisible(position) / AttentionTile.SPAN;
  }

  /// The part of the context in which the last position lies that a token of a block sees.
  static int lastPart(AttentionSpec spec, Step step, int block, int token) {
    int position = step.batch().positions()[token];
    int last = spec.mask().lastVisible(position, step.lastPositions[block]);
    return last / AttentionTile.SPAN;
  }

  /// The most parts that a block has; 1 where they are not split.
  private int parts(Step step) {
    int parts = 1;
    if (splits(step)) {
      for (int i = 0; i < step.blockCount(); i++) {
        int last = lastPart(spec, step, i, step.blocks[i + 1] - 1);
        parts = Math.max(parts, last - firstPart(spec, step, i) + 1);
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
    tile.lastPosition = step.lastPositions[block];
    int first = firstPart(spec, step, block);
    int last = lastPart(spec, step, block, tile.endToken - 1);
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
      if (sinks.length > 0) {
        tile.addSink(i, sinks[head(tile, i)]);
      }
      int to = out + token(tile, i) * spec.resultWidth() + head(tile, i) * spec.valueLength();
      tile.mean(i, spec.valueLength(), step.workspace, to);
    }
  }

  /// The token of the tile's query `i`: a tile has, token by token, the queries of the head's group.
  private int token(AttentionTile tile, int i) {
    return tile.firstToken + i / group;
  }

  /// The head of the tile's query `i`.
  private int head(AttentionTile tile, int i) {
    return tile.head * group + i % group;
  }

  /// Copies the queries, scaled; padding is 0.
  private void pack(float[] workspace, AttentionTile tile) {
    for (int i = 0; i < tile.rows; i++) {
      int to = i * keyWidth;
      int used = i < tile.count ? spec.keyLength() : 0;
      int from = queries + token(tile, i) * spec.queryWidth() + head(tile, i) * spec.keyLength();
      for (int d = 0; d < used; d++) {
        tile.queries[to + d] = workspace[from + d] * spec.scale();
      }
      Arrays.fill(tile.queries, to + used, to + keyWidth, 0);
    }
  }

  /// Computes the tile's result over the visible positions of a part.
  private void attend(Batch batch, AttentionTile tile, int part) {
    int origin = part * AttentionTile.SPAN;
    int visible = Math.max(origin, firstVisible(batch, tile.firstToken));
    int last = Math.min(origin + AttentionTile.SPAN - 1, lastVisible(batch, tile));
    int firstPage = visible / PAGE_TOKENS;
    int endPage = last / PAGE_TOKENS + 1;
    Arrays.fill(tile.scores, 0, tile.rows * AttentionTile.STRIDE, 0);
    for (int page = firstPage; page < endPage; page++) {
      score(batch, tile, page, page * PAGE_TOKENS - origin);
    }
    weigh(batch, tile, origin, firstPage * PAGE_TOKENS, endPage * PAGE_TOKENS);
    Arrays.fill(tile.sums, 0, tile.rows * valueWidth, 0);
    for (int page = firstPage; page < endPage; page++) {
      mix(batch, tile, page, page * PAGE_TOKENS - origin);
    }
  }

  private int firstVisible(Batch batch, int token) {
    return spec.mask().firstVisible(batch.positions()[token]);
  }

  /// The last position that any of the tile's tokens sees.
  private int lastVisible(Batch batch, AttentionTile tile) {
    return spec.mask().lastVisible(batch.positions()[tile.endToken - 1], tile.lastPosition);
  }

  private void score(Batch batch, AttentionTile tile, int page, int column) {
    cache.keys(batch.page(tile.firstToken, page * PAGE_TOKENS), tile.head, tile.keys, keyWidth);
    for (int d = 0; d < keyWidth; d += AttentionKernel.DEPTH) {
      AttentionKernel.multiply(
          tile.rows,
          PAGE_TOKENS,
          tile.queries,
          d,
          keyWidth,
          tile.keys,
          d * PAGE_TOKENS,
          tile.scores,
          column,
          AttentionTile.STRIDE);
    }
  }

  private void weigh(Batch batch, AttentionTile tile, int origin, int first, int end) {
    for (int i = 0; i < tile.count; i++) {
      int position = batch.positions()[token(tile, i)];
      int from = Math.max(first, spec.mask().firstVisible(position));
      int to = Math.min(end, spec.mask().lastVisible(position, tile.lastPosition) + 1);
      if (spec.softcap() > 0) {
        tile.softcap(i, first - origin, end - origin, spec.softcap());
      }
      tile.weigh(i, first - origin, end - origin, from - origin, to - origin);
    }
  }

  /// Slots that the sequence has not written count as 0: they may hold anything, and 0 times anything may be NaN.
  private void mix(Batch batch, AttentionTile tile, int page, int column) {
    cache.values(
        batch.page(tile.firstToken, page * PAGE_TOKENS), tile.head, tile.values, valueWidth);
    int written = lastVisible(batch, tile) + 1 - page * PAGE_TOKENS;
    if (written < PAGE_TOKENS) {
      Arrays.fill(tile.values, written * valueWidth, PAGE_TOKENS * valueWidth, 0);
    }
    AttentionKernel.multiply(
        tile.rows,
        valueWidth,
        tile.scores,
        column,
        AttentionTile.STRIDE,
        tile.values,
        0,
        tile.sums,
        0,
        valueWidth);
  }

  /// Leaves the part's results to the merging stage.
  private void keep(float[] partials, AttentionTile tile, int part) {
    for (int i = 0; i < tile.count; i++) {
      int to = partialOffset(spec, maxParts, token(tile, i), part, head(tile, i));
      System.arraycopy(tile.sums, i * valueWidth, partials, to, spec.valueLength());
      partials[to + spec.valueLength()] = tile.maxima[i];
      partials[to + spec.valueLength() + 1] = tile.weights[i];
    }
  }

  /// Where the result of one query over one part lies among the partial results.
  static int partialOffset(AttentionSpec spec, int maxParts, int token, int part, int head) {
    return ((token * maxParts + part) * spec.headCount() + head)
        * AttentionSizes.partialLength(spec);
  }

  private void add(AttentionTile tile) {
    for (int i = 0; i < tile.count; i++) {
      tile.add(i, spec.valueLength(), tile.sums, i * valueWidth, tile.maxima[i], tile.weights[i]);
    }
  }
}
