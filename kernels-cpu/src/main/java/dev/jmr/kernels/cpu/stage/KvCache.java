package dev.jmr.kernels.cpu.stage;

import static dev.jmr.tensor.backend.KvLayout.PAGE_TOKENS;

import dev.jmr.tensor.TensorType;
import dev.jmr.tensor.backend.Batch;
import dev.jmr.tensor.backend.KvLayout;
import dev.jmr.tensor.graph.AttentionSpec;

/// The keys and values of one layer, in pages that are allocated when first written.
///
/// In a page, each head's keys lie transposed, `[D, PAGE_TOKENS]`, so that a query meets a page's positions as lanes;
/// each head's values lie as they come, `[PAGE_TOKENS, D]`, so that the result's elements are the lanes.
public abstract sealed class KvCache {
  final int headSize;
  final int headLength;
  final int pageLength;

  private KvCache(AttentionSpec spec) {
    headSize = spec.headSize();
    headLength = headSize * PAGE_TOKENS;
    pageLength = 2 * spec.headCountKv() * headLength;
  }

  /// A cache for one layer.
  static KvCache of(AttentionSpec spec, KvLayout layout) {
    return layout.type() == TensorType.F16
        ? new Half(spec, layout.pageCount())
        : new Single(spec, layout.pageCount());
  }

  /// Bytes that all pages of one layer take.
  public static long byteSize(AttentionSpec spec, KvLayout layout) {
    return 2L * spec.kvWidth() * PAGE_TOKENS * layout.type().blockBytes() * layout.pageCount();
  }

  /// Allocates the pages that a batch writes to. Called by one thread before the workers.
  public final void prepare(Batch batch) {
    for (int t = 0; t < batch.tokenCount(); t++) {
      allocate(batch.page(t, batch.positions()[t]));
    }
  }

  abstract void allocate(int page);

  /// Writes one position of one head.
  abstract void store(int page, int slot, int head, float[] x, int key, int value);

  /// Reads a head's keys, `[D, PAGE_TOKENS]`.
  abstract void keys(int page, int head, float[] target);

  /// Reads a head's values, `[PAGE_TOKENS, D]`.
  abstract void values(int page, int head, float[] target);

  final int keyOffset(int head) {
    return 2 * head * headLength;
  }

  final int valueOffset(int head) {
    return (2 * head + 1) * headLength;
  }

  /// Half precision.
  private static final class Half extends KvCache {
    private final short[][] pages;

    Half(AttentionSpec spec, int pageCount) {
      super(spec);
      pages = new short[pageCount][];
    }

    @Override
    void allocate(int page) {
      if (pages[page] == null) {
        pages[page] = new short[pageLength];
      }
    }

    @Override
    void store(int page, int slot, int head, float[] x, int key, int value) {
      short[] target = pages[page];
      int keys = keyOffset(head) + slot;
      int values = valueOffset(head) + slot * headSize;
      for (int d = 0; d < headSize; d++) {
        target[keys + d * PAGE_TOKENS] = Float.floatToFloat16(x[key + d]);
        target[values + d] = Float.floatToFloat16(x[value + d]);
      }
    }

    @Override
    void keys(int page, int head, float[] target) {
      decode(pages[page], keyOffset(head), target, headLength);
    }

    @Override
    void values(int page, int head, float[] target) {
      decode(pages[page], valueOffset(head), target, headLength);
    }

    private static void decode(short[] source, int from, float[] target, int count) {
      for (int i = 0; i < count; i++) {
        target[i] = Float.float16ToFloat(source[from + i]);
      }
    }
  }

  /// Single precision.
  private static final class Single extends KvCache {
    private final float[][] pages;

    Single(AttentionSpec spec, int pageCount) {
      super(spec);
      pages = new float[pageCount][];
    }

    @Override
    void allocate(int page) {
      if (pages[page] == null) {
        pages[page] = new float[pageLength];
      }
    }

    @Override
    void store(int page, int slot, int head, float[] x, int key, int value) {
      float[] target = pages[page];
      int keys = keyOffset(head) + slot;
      for (int d = 0; d < headSize; d++) {
        target[keys + d * PAGE_TOKENS] = x[key + d];
      }
      System.arraycopy(x, value, target, valueOffset(head) + slot * headSize, headSize);
    }

    @Override
    void keys(int page, int head, float[] target) {
      System.arraycopy(pages[page], keyOffset(head), target, 0, headLength);
    }

    @Override
    void values(int page, int head, float[] target) {
      System.arraycopy(pages[page], valueOffset(head), target, 0, headLength);
    }
  }
}
