package dev.jmr.kernels.cpu.stage;

import static dev.jmr.tensor.backend.KvLayout.PAGE_TOKENS;

import dev.jmr.kernels.cpu.vector.ScaledCodes;
import dev.jmr.tensor.backend.KvLayout;
import dev.jmr.tensor.graph.AttentionSpec;

/// Keys and values as bytes, with a scale for each group of a head's elements at one position.
///
/// Scales lie as their elements do: a head's of keys `[D / group, PAGE_TOKENS]`, of values `[PAGE_TOKENS, D / group]`.
final class CodedKvCache extends KvCache {
  private final int keyGroup;
  private final int valueGroup;
  private final byte[][] keys;
  private final byte[][] values;
  private final float[][] keyScales;
  private final float[][] valueScales;

  CodedKvCache(AttentionSpec spec, KvLayout layout) {
    super(spec, layout);
    keyGroup = KvLayout.scaleGroup(keyLength);
    valueGroup = KvLayout.scaleGroup(valueLength);
    int slabs = Math.ceilDiv(layout.pageCount(), slabPages);
    keys = new byte[slabs][];
    values = new byte[slabs][];
    keyScales = new float[slabs][];
    valueScales = new float[slabs][];
  }

  @Override
  void allocate(int slab) {
    if (keys[slab] == null) {
      keys[slab] = new byte[slabLength(keyLength)];
      values[slab] = new byte[slabLength(valueLength)];
      keyScales[slab] = new float[slabLength(keyLength) / keyGroup];
      valueScales[slab] = new float[slabLength(valueLength) / valueGroup];
    }
  }

  @Override
  void store(int page, int slot, int head, float[] x, int key, int value) {
    int slab = page / slabPages;
    int keysAt = offset(page, head, keyLength);
    for (int d = 0; d < keyLength; d += keyGroup) {
      float scale = ScaledCodes.scale(x, key + d, keyGroup);
      keyScales[slab][keysAt / keyGroup + d / keyGroup * PAGE_TOKENS + slot] = scale;
      ScaledCodes.encode(
          x, key + d, keyGroup, scale, keys[slab], keysAt + d * PAGE_TOKENS + slot, PAGE_TOKENS);
    }
    int valuesAt = offset(page, head, valueLength) + slot * valueLength;
    for (int d = 0; d < valueLength; d += valueGroup) {
      float scale = ScaledCodes.scale(x, value + d, valueGroup);
      valueScales[slab][(valuesAt + d) / valueGroup] = scale;
      ScaledCodes.encode(x, value + d, valueGroup, scale, values[slab], valuesAt + d, 1);
    }
  }

  @Override
  void readKeys(int slab, int from, float[] target, int count) {
    for (int row = 0; row < count / PAGE_TOKENS; row++) {
      int scale = from / keyGroup + row / keyGroup * PAGE_TOKENS;
      int at = row * PAGE_TOKENS;
      ScaledCodes.decode(keys[slab], from + at, keyScales[slab], scale, target, at, PAGE_TOKENS);
    }
  }

  @Override
  void readValues(int slab, int from, float[] target, int to, int count) {
    for (int i = 0; i < count; i += valueGroup) {
      float scale = valueScales[slab][(from + i) / valueGroup];
      ScaledCodes.decode(values[slab], from + i, scale, target, to + i, valueGroup);
    }
  }
}
