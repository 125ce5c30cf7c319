package dev.jmr.kernels.cpu.stage;

import dev.jmr.tensor.backend.BatchLimits;
import dev.jmr.tensor.backend.KvLayout;
import dev.jmr.tensor.graph.AttentionSpec;
import java.util.Collection;

/// How much memory the attention operations of a graph need, and how many tokens they take at once.
///
/// @param keyWidth floats of a query, padded, in the operation where they are most
/// @param valueWidth floats of a value, padded, in the operation where they are most
/// @param rows queries that a worker handles at once
/// @param blockTokens tokens whose queries are handled at once
/// @param partials floats for the partial results of a step
public record AttentionSizes(
    int keyWidth, int valueWidth, int rows, int blockTokens, long partials) {
  /// A graph without attention.
  public static final AttentionSizes NONE = new AttentionSizes(0, 0, 0, 1, 0);

  /// Queries that make decoding a page of keys and values for them cheap, and whose scores stay in the L2 cache.
  static final int ROWS = 96;

  /// Sizes for all of `specs`.
  static AttentionSizes of(Collection<AttentionSpec> specs, KvLayout kv, BatchLimits limits) {
    int keyWidth = 0;
    int valueWidth = 0;
    int group = 1;
    long partial = 0;
    for (AttentionSpec spec : specs) {
      keyWidth = Math.max(keyWidth, padded(spec.keyLength()));
      valueWidth = Math.max(valueWidth, padded(spec.valueLength()));
      group = Math.max(group, spec.groupSize());
      partial = Math.max(partial, (long) spec.headCount() * partialLength(spec));
    }
    int rows = specs.isEmpty() ? 0 : Math.max(ROWS, AttentionKernel.padded(group));
    long parts = maxParts(kv) * Math.min(limits.tokens(), AttendStage.SPLIT_TOKENS);
    int blockTokens = Math.max(1, ROWS / group);
    return new AttentionSizes(keyWidth, valueWidth, rows, blockTokens, parts * partial);
  }

  /// Parts of the longest context.
  static long maxParts(KvLayout kv) {
    return Math.ceilDiv((long) kv.pageCount() * KvLayout.PAGE_TOKENS, AttentionTile.SPAN);
  }

  /// A head's floats, padded to what the kernel takes.
  static int padded(int length) {
    return Math.ceilDiv(length, AttentionKernel.COLUMNS) * AttentionKernel.COLUMNS;
  }

  /// Floats of a query's partial result: the sum of values, the largest score and the sum of the weights.
  static int partialLength(AttentionSpec spec) {
    return spec.valueLength() + 2;
  }
}
