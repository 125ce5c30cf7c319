package dev.jmr.tensor.quant;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/// 256 elements of 4 bits in 8 sub-blocks, each with a scale and a minimum: `x = (d · scale) · q − dmin · min`.
///
/// Layout: `half d`, `half dmin`, 12 bytes of [ScalesAndMins], then 128 bytes of codes: a pair of sub-blocks shares 32
/// bytes, the even one in their low nibbles, the odd one in their high nibbles.
public final class Q4_K extends BlockwiseFormat {
  private static final int DMIN = 2;
  private static final int SCALES = 4;
  private static final int CODES = SCALES + ScalesAndMins.BYTES;
  private static final int SUB_BLOCKS = 8;
  private static final int SUB_BLOCK_SIZE = 32;
  private static final int MAX_CODE = 15;

  public Q4_K() {
    super(SUB_BLOCKS * SUB_BLOCK_SIZE, CODES + SUB_BLOCKS * SUB_BLOCK_SIZE / 2);
  }

  @Override
  void dequantizeBlock(MemorySegment source, long block, float[] target, int at) {
    float d = LittleEndian.half(source, block);
    float dmin = LittleEndian.half(source, block + DMIN);
    for (int s = 0; s < SUB_BLOCKS; s++) {
      float scale = d * ScalesAndMins.scale(source, block + SCALES, s);
      float min = dmin * ScalesAndMins.min(source, block + SCALES, s);
      long codes = block + codes(s);
      int shift = shift(s);
      for (int i = 0; i < SUB_BLOCK_SIZE; i++) {
        int code = (LittleEndian.u8(source, codes + i) >> shift) & 0xf;
        target[at + s * SUB_BLOCK_SIZE + i] = scale * code - min;
      }
    }
  }

  @Override
  public boolean quantizes() {
    return true;
  }

  /// Fits each sub-block alone, then rounds its scale and minimum to 6 bits of the largest of each.
  @Override
  void quantizeBlock(float[] source, int at, MemorySegment target, long block) {
    ScaleMin[] fits = new ScaleMin[SUB_BLOCKS];
    float maxScale = 0;
    float maxMin = 0;
    for (int s = 0; s < SUB_BLOCKS; s++) {
      fits[s] = ScaleMin.fit(subBlock(source, at, s), MAX_CODE);
      maxScale = Math.max(maxScale, fits[s].scale());
      maxMin = Math.max(maxMin, fits[s].min());
    }
    LittleEndian.putHalf(target, block, maxScale / SixBitPair.MAX);
    LittleEndian.putHalf(target, block + DMIN, maxMin / SixBitPair.MAX);
    ScaleMin unit =
        new ScaleMin(LittleEndian.half(target, block), LittleEndian.half(target, block + DMIN));

    SixBitPair[] pairs = new SixBitPair[SUB_BLOCKS];
    for (int s = 0; s < SUB_BLOCKS; s++) {
      float[] x = subBlock(source, at, s);
      pairs[s] = SixBitPair.round(fits[s], unit, x, MAX_CODE);
      putCodes(x, pairs[s].decode(unit), target, block, s);
    }
    ScalesAndMins.put(target, block + SCALES, pairs);
  }

  private static float[] subBlock(float[] source, int at, int subBlock) {
    int from = at + subBlock * SUB_BLOCK_SIZE;
    return Arrays.copyOfRange(source, from, from + SUB_BLOCK_SIZE);
  }

  /// Writes one of the two sub-blocks that share 32 bytes; the even one comes first.
  private static void putCodes(
      float[] x, ScaleMin fit, MemorySegment target, long block, int subBlock) {
    long codes = block + codes(subBlock);
    int shift = shift(subBlock);
    for (int i = 0; i < SUB_BLOCK_SIZE; i++) {
      int even = shift == 0 ? 0 : LittleEndian.u8(target, codes + i);
      LittleEndian.put8(target, codes + i, even | fit.code(x[i], MAX_CODE) << shift);
    }
  }

  private static int codes(int subBlock) {
    return CODES + subBlock / 2 * SUB_BLOCK_SIZE;
  }

  private static int shift(int subBlock) {
    return subBlock % 2 * 4;
  }
}
