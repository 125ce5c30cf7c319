package dev.jmr.tensor.reference;

import dev.jmr.tensor.TensorType;
import dev.jmr.tensor.backend.KvLayout;

/// The keys or the values of one layer, in pages. Floats are kept as floats; for other types each is rounded first to what
/// these can hold.
final class KvStore {
  private static final int LARGEST_CODE = 127;

  private final TensorType type;
  private final int width;
  private final int group;
  private final float[][] pages;

  /// @param width floats of one position
  /// @param headLength of them that are one head
  KvStore(KvLayout layout, int width, int headLength) {
    this(layout, layout.type(), width, KvLayout.scaleGroup(headLength));
  }

  private KvStore(KvLayout layout, TensorType type, int width, int group) {
    this.type = type;
    this.width = width;
    this.group = group;
    this.pages = new float[layout.pageCount()][];
  }

  /// A store of what convolutions read, which is never Q8_0.
  static KvStore ofInputs(KvLayout layout, int width) {
    TensorType type = layout.type() == TensorType.F32 ? TensorType.F32 : TensorType.F16;
    return new KvStore(layout, type, width, width);
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
    float[] target = pages[page];
    int slot = slot(position);
    switch (type) {
      case F32 -> System.arraycopy(source, offset, target, slot, width);
      case F16 -> {
        for (int i = 0; i < width; i++) {
          target[slot + i] = Float.float16ToFloat(Float.floatToFloat16(source[offset + i]));
        }
      }
      default -> {
        for (int i = 0; i < width; i += group) {
          putCodes(source, offset + i, target, slot + i);
        }
      }
    }
  }

  private void putCodes(float[] source, int from, float[] target, int to) {
    float most = 0;
    for (int i = 0; i < group; i++) {
      most = Math.max(most, Math.abs(source[from + i]));
    }
    float scale = most / LARGEST_CODE;
    float inverse = scale == 0 ? 0 : 1 / scale;
    for (int i = 0; i < group; i++) {
      target[to + i] = Math.round(source[from + i] * inverse) * scale;
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
