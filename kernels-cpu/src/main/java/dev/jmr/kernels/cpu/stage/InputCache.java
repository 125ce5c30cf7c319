package dev.jmr.kernels.cpu.stage;

import static dev.jmr.tensor.backend.KvLayout.PAGE_TOKENS;

import dev.jmr.tensor.TensorType;
import dev.jmr.tensor.backend.Batch;
import dev.jmr.tensor.backend.KvLayout;

/// The inputs of one layer's convolution: a row for every position. A page is allocated when it is first written.
abstract sealed class InputCache implements PagedCache {
  final int width;
  private final KvLayout layout;

  private InputCache(int width, KvLayout layout) {
    this.width = width;
    this.layout = layout;
  }

  /// A cache of rows of `width` floats, kept as the layout says.
  static InputCache of(int width, KvLayout layout) {
    return layout.type() == TensorType.F32 ? new Single(width, layout) : new Half(width, layout);
  }

  @Override
  public final long byteSize() {
    return layout.inputBytes(width) * PAGE_TOKENS * layout.pageCount();
  }

  @Override
  public final void prepare(Batch batch) {
    for (int t = 0; t < batch.tokenCount(); t++) {
      allocate(batch.page(t, batch.positions()[t]));
    }
  }

  abstract void allocate(int page);

  /// Writes the row of a position.
  abstract void store(int page, int slot, float[] x, int from);

  /// Adds the row of a position times `weight` to `sums`, element by element.
  abstract void accumulate(int page, int slot, float[] weight, int at, float[] sums, int to);

  /// Half precision.
  private static final class Half extends InputCache {
    private final short[][] pages;

    Half(int width, KvLayout layout) {
      super(width, layout);
      pages = new short[layout.pageCount()][];
    }

    @Override
    void allocate(int page) {
      if (pages[page] == null) {
        pages[page] = new short[PAGE_TOKENS * width];
      }
    }

    @Override
    void store(int page, int slot, float[] x, int from) {
      short[] rows = pages[page];
      for (int i = 0; i < width; i++) {
        rows[slot * width + i] = Float.floatToFloat16(x[from + i]);
      }
    }

    @Override
    void accumulate(int page, int slot, float[] weight, int at, float[] sums, int to) {
      short[] rows = pages[page];
      for (int i = 0; i < width; i++) {
        sums[to + i] += weight[at + i] * Float.float16ToFloat(rows[slot * width + i]);
      }
    }
  }

  /// Single precision.
  private static final class Single extends InputCache {
    private final float[][] pages;

    Single(int width, KvLayout layout) {
      super(width, layout);
      pages = new float[layout.pageCount()][];
    }

    @Override
    void allocate(int page) {
      if (pages[page] == null) {
        pages[page] = new float[PAGE_TOKENS * width];
      }
    }

    @Override
    void store(int page, int slot, float[] x, int from) {
      System.arraycopy(x, from, pages[page], slot * width, width);
    }

    @Override
    void accumulate(int page, int slot, float[] weight, int at, float[] sums, int to) {
      float[] rows = pages[page];
      for (int i = 0; i < width; i++) {
        sums[to + i] += weight[at + i] * rows[slot * width + i];
      }
    }
  }
}
