package dev.jmr.tensor.reference;

import dev.jmr.tensor.TensorType;
import dev.jmr.tensor.backend.KvLayout;

/// The keys or the values of one layer, in pages. Floats are kept as floats; for an F16 cache each is rounded first.
final class KvStore {
  private final boolean roundsToF16;
  private final int width;
  private final float[][] pages;

  /// @param width floats of one position
  KvStore(KvLayout layout, int width) {
    this.roundsToF16 = layout.type() == TensorType.F16;
    this.width = width;
    this.pages = new float[layout.pageCount()][];
  }

  /// Bytes of the keys and the values of one layer, once every page was written to.
  static long byteSize(KvLayout layout, int width) {
    return (long) layout.pageCount() * KvLayout.PAGE_TOKENS * width * Float.BYTES;
  }

  /// Writes one position, `width` floats of `source` from `offset` on.
  void put(int page, int position, float[] source, int offset) {
    if (pages[page] == null) {
      pages[page] = new float[KvLayout.PAGE_TOKENS * width];
    }
    for (int i = 0; i < width; i++) {
      float x = source[offset + i];
      pages[page][slot(position) + i] =
          roundsToF16 ? Float.float16ToFloat(Float.floatToFloat16(x)) : x;
    }
  }

  /// Element `index` of what was put at `position`.
  float get(int page, int position, int index) {
    return pages[page][slot(position) + index];
  }

  private int slot(int position) {
    return position % KvLayout.PAGE_TOKENS * width;
  }
}
