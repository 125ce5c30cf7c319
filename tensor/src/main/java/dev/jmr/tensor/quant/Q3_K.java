package dev.jmr.tensor.quant;

import java.lang.foreign.MemorySegment;

/// 256 elements of 3 bits around 0 in 16 sub-blocks with a 6-bit scale each: `x = d · (scale − 32) · (q − 4)`.
///
/// Layout: 32 bytes of third bits, 64 bytes of low bits ([TwoBits]), 12 bytes of scales, `half d`. The third bit of
/// element `32 · n + i` is bit `n` of byte `i`. The low four bits of scales 0–7 are the low nibbles of the first 8
/// bytes, those of scales 8–15 their high nibbles; the upper two bits of scale `4 · n + i` are bits `2n` and `2n + 1`
/// of byte `8 + i`.
public final class Q3_K extends BlockwiseFormat {
  private static final int SIZE = 256;
  private static final int CODES = 32;
  private static final int SCALES = 96;
  private static final int HIGH_SCALES = SCALES + 8;
  private static final int D = 108;
  private static final int SUB_BLOCK_SIZE = 16;
  private static final int SUB_BLOCKS = SIZE / SUB_BLOCK_SIZE;
  private static final int RANGE = 4;
  private static final int SCALE_RANGE = 32;

  public Q3_K() {
    super(SIZE, D + 2);
  }

  @Override
  void dequantizeBlock(MemorySegment source, long block, float[] target, int at) {
    float d = LittleEndian.half(source, block + D);
    for (int i = 0; i < SIZE; i++) {
      int low = (LittleEndian.u8(source, block + CODES + TwoBits.octet(i)) >> TwoBits.shift(i)) & 3;
      int high = (LittleEndian.u8(source, block + i % 32) >> (i / 32)) & 1;
      float scale = d * (scale(source, block, i / SUB_BLOCK_SIZE) - 32);
      target[at + i] = scale * ((low | high << 2) - 4);
    }
  }

  private static int scale(MemorySegment source, long block, int subBlock) {
    int low = LittleEndian.u8(source, block + SCALES + subBlock % 8) >> (subBlock / 8 * 4);
    int high = LittleEndian.u8(source, block + HIGH_SCALES + subBlock % 4) >> (subBlock / 4 * 2);
    return (low & 0xf) | (high & 3) << 4;
  }

  @Override
  public boolean quantizes() {
    return true;
  }

  /// Fits each sub-block alone, then rounds its scale to 6 bits of the largest.
  @Override
  void quantizeBlock(float[] source, int at, MemorySegment target, long block) {
    FittedScales fitted =
        FittedScales.of(source, at, SUB_BLOCKS, SUB_BLOCK_SIZE, RANGE, SCALE_RANGE);
    LittleEndian.putHalf(target, block + D, fitted.unit());
    float d = LittleEndian.half(target, block + D);
    int[] scales = fitted.round(d);
    putScales(target, block, scales);
    int[] codes = fitted.codes(scales, d);
    TwoBits.put(target, block + CODES, codes);
    for (int i = 0; i < CODES; i++) {
      int thirdBits = 0;
      for (int n = 0; n < SIZE / CODES; n++) {
        thirdBits |= codes[n * CODES + i] >> 2 << n;
      }
      LittleEndian.put8(target, block + i, thirdBits);
    }
  }

  private static void putScales(MemorySegment target, long block, int[] scales) {
    for (int i = 0; i < SUB_BLOCKS / 2; i++) {
      int early = scales[i] + SCALE_RANGE;
      int late = scales[i + SUB_BLOCKS / 2] + SCALE_RANGE;
      LittleEndian.put8(target, block + SCALES + i, (early & 0xf) | (late & 0xf) << 4);
    }
    for (int i = 0; i < 4; i++) {
      int high = 0;
      for (int n = 0; n < 4; n++) {
        high |= (scales[4 * n + i] + SCALE_RANGE) >> 4 << (2 * n);
      }
      LittleEndian.put8(target, block + HIGH_SCALES + i, high);
    }
  }
}
