package dev.jmr.kernels.cpu.stage;

import static dev.jmr.tensor.backend.KvLayout.PAGE_TOKENS;

import dev.jmr.tensor.TensorType;
import dev.jmr.tensor.backend.Batch;
import dev.jmr.tensor.backend.KvLayout;
import dev.jmr.tensor.graph.AttentionSpec;
import java.util.Arrays;

/// The keys and values of one layer, in pages.
///
/// In a page, each head's keys lie transposed, `[D, PAGE_TOKENS]`, so that a query meets a page's positions as lanes;
/// each head's values lie as they come, `[PAGE_TOKENS, D]`, so that the result's elements are the lanes. Memory is allocated
/// in slabs of as many pages as [#SLAB_BYTES] holds, when the first of them is written. In a slab, the keys (or values) of
/// one head in pages with numbers that follow each other lie one behind the other, so that they are read as one stream.
public abstract sealed class KvCache implements PagedCache
    permits KvCache.Half, KvCache.Single, CodedKvCache {
  /// A slab is an array that fills one of the collector's regions.
  private static final int SLAB_BYTES = (1 << 20) - 64;

  final int headCount;
  final int keyLength;
  final int valueLength;
  final int slabPages;

  private final KvLayout layout;

  KvCache(AttentionSpec spec, KvLayout layout) {
    this.layout = layout;
    headCount = spec.headCountKv();
    keyLength = spec.keyLength();
    valueLength = spec.valueLength();
    int pageLength = headCount * Math.max(keyLength, valueLength) * PAGE_TOKENS;
    int fitting = SLAB_BYTES / elementBytes(layout.type()) / pageLength;
    slabPages = Math.clamp(fitting, 1, layout.pageCount());
  }

  /// A cache for one layer.
  static KvCache of(AttentionSpec spec, KvLayout layout) {
    return switch (layout.type()) {
      case F32 -> new Single(spec, layout);
      case F16 -> new Half(spec, layout);
      default -> new CodedKvCache(spec, layout);
    };
  }

  private static int elementBytes(TensorType type) {
    return type == TensorType.Q8_0 ? 1 : type.blockBytes();
  }

  @Override
  public final long byteSize() {
    long bytes =
        layout.bytes(headCount * keyLength, keyLength)
            + layout.bytes(headCount * valueLength, valueLength);
    return bytes * PAGE_TOKENS * layout.pageCount();
  }

  @Override
  public final void prepare(Batch batch) {
    for (int t = 0; t < batch.tokenCount(); t++) {
      allocate(batch.page(t, batch.positions()[t]) / slabPages);
    }
  }

  abstract void allocate(int slab);

  /// Writes one position of one head.
  abstract void store(int page, int slot, int head, float[] x, int key, int value);

  /// Reads a head's keys, `[width, PAGE_TOKENS]`; those after the head's are 0.
  final void keys(int page, int head, float[] target, int width) {
    int count = keyLength * PAGE_TOKENS;
    readKeys(page / slabPages, offset(page, head, keyLength), target, count);
    Arrays.fill(target, count, width * PAGE_TOKENS, 0);
  }

  /// Reads a head's values, `[PAGE_TOKENS, width]`; those after the head's are 0.
  final void values(int page, int head, float[] target, int width) {
    int offset = offset(page, head, valueLength);
    if (width == valueLength) {
      readValues(page / slabPages, offset, target, 0, PAGE_TOKENS * valueLength);
      return;
    }
    for (int slot = 0; slot < PAGE_TOKENS; slot++) {
      int to = slot * width;
      readValues(page / slabPages, offset + slot * valueLength, target, to, valueLength);
      Arrays.fill(target, to + valueLength, to + width, 0);
    }
  }

  abstract void readKeys(int slab, int from, float[] target, int count);

  abstract void readValues(int slab, int from, float[] target, int to, int count);

  /// Where a head's keys or values of a page begin in its slab.
  final int offset(int page, int head, int length) {
    return (head * slabPages + page % slabPages) * length * PAGE_TOKENS;
  }

  /// Elements of a slab of keys or values.
  final int slabLength(int length) {
    return slabPages * headCount * length * PAGE_TOKENS;
  }

  /// Half precision.
  static final class Half extends KvCache {
    private final short[][] keys;
    private final short[][] values;

    Half(AttentionSpec spec, KvLayout layout) {
      super(spec, layout);
      keys = new short[Math.ceilDiv(layout.pageCount(), slabPages)][];
      values = new short[keys.length][];
    }

    @Override
    void allocate(int slab) {
      if (keys[slab] == null) {
        keys[slab] = new short[slabLength(keyLength)];
        values[slab] = new short[slabLength(valueLength)];
      }
    }

    @Override
    void store(int page, int slot, int head, float[] x, int key, int value) {
      short[] keySlab = keys[page / slabPages];
      short[] valueSlab = values[page / slabPages];
      int keysAt = offset(page, head, keyLength) + slot;
      for (int d = 0; d < keyLength; d++) {
        keySlab[keysAt + d * PAGE_TOKENS] = Float.floatToFloat16(x[key + d]);
      }
      int valuesAt = offset(page, head, valueLength) + slot * valueLength;
      for (int d = 0; d < valueLength; d++) {
        valueSlab[valuesAt + d] = Float.floatToFloat16(x[value + d]);
      }
    }

    @Override
    void readKeys(int slab, int from, float[] target, int count) {
      decode(keys[slab], from, target, 0, count);
    }

    @Override
    void readValues(int slab, int from, float[] target, int to, int count) {
      decode(values[slab], from, target, to, count);
    }

    private static void decode(short[] source, int from, float[] target, int to, int count) {
      for (int i = 0; i < count; i++) {
        target[to + i] = Float.float16ToFloat(source[from + i]);
      }
    }
  }

  /// Single precision.
  static final class Single extends KvCache {
    private final float[][] keys;
    private final float[][] values;

    Single(AttentionSpec spec, KvLayout layout) {
      super(spec, layout);
      keys = new float[Math.ceilDiv(layout.pageCount(), slabPages)][];
      values = new float[keys.length][];
    }

    @Override
    void allocate(int slab) {
      if (keys[slab] == null) {
        keys[slab] = new float[slabLength(keyLength)];
        values[slab] = new float[slabLength(valueLength)];
      }
    }

    @Override
    void store(int page, int slot, int head, float[] x, int key, int value) {
      float[] keySlab = keys[page / slabPages];
      int keysAt = offset(page, head, keyLength) + slot;
      for (int d = 0; d < keyLength; d++) {
        keySlab[keysAt + d * PAGE_TOKENS] = x[key + d];
      }
      int valuesAt = offset(page, head, valueLength) + slot * valueLength;
      System.arraycopy(x, value, values[page / slabPages], valuesAt, valueLength);
    }

    @Override
    void readKeys(int slab, int from, float[] target, int count) {
      System.arraycopy(keys[slab], from, target, 0, count);
    }

    @Override
    void readValues(int slab, int from, float[] target, int to, int count) {
      System.arraycopy(values[slab], from, target, to, count);
    }
  }
}
