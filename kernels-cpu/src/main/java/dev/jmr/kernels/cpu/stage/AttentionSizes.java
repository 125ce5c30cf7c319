package dev.jmr.kernels.cpu.stage;

import dev.jmr.tensor.backend.BatchLimits;
import dev.jmr.tensor.backend.KvLayout;
import dev.jmr.tensor.graph.AttentionSpec;
import java.util.Collection;

/// How much memory the attention operations of a graph need, and how many tokens they take at once.
///
/// @param width floats of a head, padded, in the operation where they are most
/// @param rows queries that a worker handles at once
/// @param blockTokens tokens whose queries are handled at once
/// @param partials floats for the partial results of a step
public record AttentionSizes(int width, int rows, int blockTokens, long partials) {
  /// A graph without attention.
  public static final AttentionSizes NONE = new AttentionSizes(0, 0, 1, 0);

  /// Queries that make decoding a page of keys and values for them cheap, and whose scores stay in the L2 cache.
  static final int ROWS = 96;

  /// Sizes for all of `specs`.
  static AttentionSizes of(Collection<AttentionSpec> specs, KvLayout kv, BatchLimits limits) {
    int width = 0;
    int group = 1;
    long partial = 0;
    for (AttentionSpec spec : specs) {
      width = Math.max(width, width(spec));
      group = Math.max(group, spec.headCount() / spec.headCountKv());
      partial = Math.max(partial, (long) spec.headCount() * partialLength(spec));
    }
    int rows = specs.isEmpty() ? 0 : Math.max(ROWS, AttentionKernel.padded(group));
    long parts = maxParts(kv) * Math.min(limits.tokens(), AttendStage.SPLIT_TOKENS);
    return new AttentionSizes(width, rows, Math.max(1, ROWS / group), parts * partial);
  }

  /// Parts of the longest context.
  static long maxParts(KvLayout kv) {
    return Math.ceilDiv((long) kv.pageCount() * KvLayout.PAGE_TOKENS, AttentionTile.SPAN);
  }

  /// A head's floats, padded to what the kernel takes.
  static int width(AttentionSpec spec) {
    return Math.ceilDiv(spec.headSize(), AttentionKernel.COLUMNS) * AttentionKernel.COLUMNS;
  }

  /// Floats of a query's partial result: the sum of values, the largest score and the sum of the weights.
  static int partialLength(AttentionSpec spec) {
    return spec.headSize() + 2;
  }
}
