package dev.jmr.kernels.cpu.stage;

import static dev.jmr.tensor.backend.KvLayout.PAGE_TOKENS;

import dev.jmr.tensor.backend.Batch;
import dev.jmr.tensor.graph.AttentionSpec;
import dev.jmr.tensor.graph.Op;
import java.util.Arrays;

/// Attention of the batch's queries over a layer's cache.
///
/// A chunk is a block of a sequence's tokens and some key-value heads. The queries of the block that share a head share
/// the pages that are decoded for them. With few tokens a chunk is also only one part of the context (of
/// [AttentionTile#SPAN] positions), and [AttendMergeStage] adds the parts; chunks that follow each other then read keys and
/// values that follow each other.
final class AttendStage implements Stage {
  /// Tokens of a batch at most whose contexts are split.
  static final int SPLIT_TOKENS = 8;

  /// With fewer blocks and parts, every head is a chunk of its own.
  private static final int FEW = 8;

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

  /// Key-value heads of a chunk.
  private int heads(Step step, int parts) {
    int rows = AttentionKernel.padded(step.longestBlock() * group);
    int most = Math.clamp((long) AttentionSizes.ROWS / rows, 1, spec.headCountKv());
    return step.blockCount() * parts < FEW ? 1 : most;
  }

  @Override
  public int chunks(Step step) {
    int parts = parts(step);
    return step.blockCount() * parts * Math.ceilDiv(spec.headCountKv(), heads(step, parts));
  }

  @Override
  public void run(int chunk, Step step, Worker worker) {
    int parts = parts(step);
    int heads = heads(step, parts);
    int ranges = Math.ceilDiv(spec.headCountKv(), heads);
    int block = chunk / parts / ranges;
    AttentionTile tile = worker.attention;
    tile.firstToken = step.blocks[block];
    tile.endToken = step.blocks[block + 1];
    tile.firstHead = chunk / parts % ranges * heads;
    tile.endHead = Math.min(spec.headCountKv(), tile.firstHead + heads);
    tile.rows = AttentionKernel.padded((tile.endToken - tile.firstToken) * group);
    int first = firstPart(spec, step.batch(), tile.firstToken);
    int last = lastPart(step.batch(), tile.endToken - 1);
    pack(step.workspace, tile);
    if (splits(step)) {
      int part = chunk % parts;
      if (first + part <= last) {
        attend(step.batch(), tile, first + part);
        keep(step, tile, part);
      }
    } else {
      tile.clearTotals();
      for (int part = first; part <= last; part++) {
        attend(step.batch(), tile, part);
        add(tile);
      }
      finish(step.workspace, tile);
    }
  }

  /// The tile's row of query `i` of head `head`: token by token the queries of the head's group.
  private static int row(AttentionTile tile, int head, int i) {
    return (head - tile.firstHead) * tile.rows + i;
  }

  /// Where that query lies in a row of queries, and its result in a row of results.
  private int place(AttentionTile tile, int head, int i) {
    int token = tile.firstToken + i / group;
    return token * spec.queryWidth() + (head * group + i % group) * spec.headSize();
  }

  private int count(AttentionTile tile) {
    return (tile.endToken - tile.firstToken) * group;
  }

  /// Copies the queries, scaled; padding is 0.
  private void pack(float[] workspace, AttentionTile tile) {
    int count = count(tile);
    for (int head = tile.firstHead; head < tile.endHead; head++) {
      for (int i = 0; i < tile.rows; i++) {
        int to = row(tile, head, i) * width;
        int used = i < count ? spec.headSize() : 0;
        int from = queries + place(tile, head, i);
        for (int d = 0; d < used; d++) {
          tile.queries[to + d] = workspace[from + d] * spec.scale();
        }
        Arrays.fill(tile.queries, to + used, to + width, 0);
      }
    }
  }

  /// Computes the tile's result over the visible positions of a part.
  private void attend(Batch batch, AttentionTile tile, int part) {
    int origin = part * AttentionTile.SPAN;
    int visible = Math.max(origin, spec.firstVisible(batch.positions()[tile.firstToken]));
    int last = Math.min(origin + AttentionTile.SPAN - 1, batch.positions()[tile.endToken - 1]);
    int firstPage = visible / PAGE_TOKENS;
    int endPage = last / PAGE_TOKENS + 1;
    int rows = (tile.endHead - tile.firstHead) * tile.rows;
    Arrays.fill(tile.scores, 0, rows * AttentionTile.STRIDE, 0);
    for (int page = firstPage; page < endPage; page++) {
      score(batch, tile, page, page * PAGE_TOKENS - origin);
    }
    weigh(batch, tile, origin, firstPage * PAGE_TOKENS, endPage * PAGE_TOKENS);
    Arrays.fill(tile.sums, 0, rows * width, 0);
    for (int page = firstPage; page < endPage; page++) {
      mix(batch, tile, page, page * PAGE_TOKENS - origin);
    }
  }

  private void score(Batch batch, AttentionTile tile, int page, int column) {
    int id = batch.page(tile.firstToken, page * PAGE_TOKENS);
    for (int head = tile.firstHead; head < tile.endHead; head++) {
      cache.keys(id, head, tile.keys);
      int row = row(tile, head, 0);
      for (int d = 0; d < width; d += AttentionKernel.DEPTH) {
        AttentionKernel.multiply(
            tile.rows,
            PAGE_TOKENS,
            tile.queries,
            row * width + d,
            width,
            tile.keys,
            d * PAGE_TOKENS,
            tile.scores,
            row * AttentionTile.STRIDE + column,
            AttentionTile.STRIDE);
      }
    }
  }

  private void weigh(Batch batch, AttentionTile tile, int origin, int first, int end) {
    int count = count(tile);
    for (int head = tile.firstHead; head < tile.endHead; head++) {
      for (int i = 0; i < count; i++) {
        int position = batch.positions()[tile.firstToken + i / group];
        int from = Math.max(first, spec.firstVisible(position));
        int to = Math.min(end, position + 1);
        tile.weigh(row(tile, head, i), first - origin, end - origin, from - origin, to - origin);
      }
    }
  }

  private void mix(Batch batch, AttentionTile tile, int page, int column) {
    int id = batch.page(tile.firstToken, page * PAGE_TOKENS);
    int written = batch.positions()[tile.endToken - 1] + 1 - page * PAGE_TOKENS;
    for (int head = tile.firstHead; head < tile.endHead; head++) {
      cache.values(id, head, tile.values);
      if (written < PAGE_TOKENS) {
        Arrays.fill(tile.values, written * width, tile.values.length, 0);
      }
      int row = row(tile, head, 0);
      AttentionKernel.multiply(
          tile.rows,
          width,
          tile.scores,
          row * AttentionTile.STRIDE + column,
          AttentionTile.STRIDE,
          tile.values,
          0,
          tile.sums,
          row * width,
          width);
    }
  }

  /// Leaves the part's results to the merging stage.
  private void keep(Step step, AttentionTile tile, int part) {
    int count = count(tile);
    for (int head = tile.firstHead; head < tile.endHead; head++) {
      for (int i = 0; i < count; i++) {
        int row = row(tile, head, i);
        int token = tile.firstToken + i / group;
        int to = partialOffset(spec, maxParts, token, part, head * group + i % group);
        System.arraycopy(tile.sums, row * width, step.partials, to, spec.headSize());
        step.partials[to + spec.headSize()] = tile.maxima[row];
        step.partials[to + spec.headSize() + 1] = tile.weights[row];
      }
    }
  }

  /// Where the result of one query over one part lies among the partial results.
  static int partialOffset(AttentionSpec spec, int maxParts, int token, int part, int head) {
    return ((token * maxParts + part) * spec.headCount() + head)
        * AttentionSizes.partialLength(spec);
  }

  private void add(AttentionTile tile) {
    int count = count(tile);
    for (int head = tile.firstHead; head < tile.endHead; head++) {
      for (int i = 0; i < count; i++) {
        int row = row(tile, head, i);
        tile.add(row, spec.headSize(), tile.sums, row * width, tile.maxima[row], tile.weights[row]);
      }
    }
  }

  private void finish(float[] workspace, AttentionTile tile) {
    int count = count(tile);
    for (int head = tile.firstHead; head < tile.endHead; head++) {
      for (int i = 0; i < count; i++) {
        tile.mean(row(tile, head, i), spec.headSize(), workspace, out + place(tile, head, i));
      }
    }
  }
}
