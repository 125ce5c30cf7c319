package dev.jmr.tensor.quant;

import java.lang.foreign.MemorySegment;

/// 256 elements of 5 bits in 8 sub-blocks, each with a scale and a minimum: `x = (d · scale) · q − dmin · min`.
///
/// Layout: `half d`, `half dmin`, 12 bytes of [ScalesAndMins], 32 bytes of fifth bits (that of element `i` of sub-block
/// `s` is bit `s` of byte `i`), then 128 bytes of low bits: a pair of sub-blocks shares 32 bytes, the even one in their
/// low nibbles, the odd one in their high nibbles.
public final class Q5_K extends BlockwiseFormat {
  private static final int DMIN = 2;
  private static final int SCALES = 4;
  private static final int FIFTH_BITS = SCALES + ScalesAndMins.BYTES;
  private static final int SUB_BLOCKS = 8;
  private static final int SUB_BLOCK_SIZE = 32;
  private static final int MAX_CODE = 31;
  private static final int CODES = FIFTH_BITS + SUB_BLOCK_SIZE;

  public Q5_K() {
    super(SUB_BLOCKS * SUB_BLOCK_SIZE, CODES + SUB_BLOCKS * SUB_BLOCK_SIZE / 2);
  }

  @Override
  void dequantizeBlock(MemorySegment source, long block, float[] target, int at) {
    float d = LittleEndian.half(source, block);
    float dmin = LittleEndian.half(source, block + DMIN);
    for (int s = 0; s < SUB_BLOCKS; s++) {
      float scale = d * ScalesAndMins.scale(source, block + SCALES, s);
      float min = dmin * ScalesAndMins.min(source, block + SCALES, s);
      int codes = CODES + s / 2 * SUB_BLOCK_SIZE;
      int shift = s % 2 * 4;
      for (int i = 0; i < SUB_BLOCK_SIZE; i++) {
        int low = (LittleEndian.u8(source, block + codes + i) >> shift) & 0xf;
        int high = (LittleEndian.u8(source, block + FIFTH_BITS + i) >> s) & 1;
        target[at + s * SUB_BLOCK_SIZE + i] = scale * (low | high << 4) - min;
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
    FittedBlock fitted =
        FittedBlock.of(source, at, SUB_BLOCKS, SUB_BLOCK_SIZE, MAX_CODE, ScalesAndMins.MAX);
    ScaleMin unit = LittleEndian.putHalves(target, block, fitted.unit());
    IntegerPair[] pairs = fitted.round(unit);
    ScalesAndMins.put(target, block + SCALES, pairs);
    int[] codes = fitted.codes(pairs, unit);
    for (int i = 0; i < SUB_BLOCK_SIZE; i++) {
      int fifthBits = 0;
      for (int s = 0; s < SUB_BLOCKS; s++) {
        fifthBits |= codes[s * SUB_BLOCK_SIZE + i] >> 4 << s;
      }
      LittleEndian.put8(target, block + FIFTH_BITS + i, fifthBits);
      for (int s = 0; s < SUB_BLOCKS; s += 2) {
        int even = s * SUB_BLOCK_SIZE + i;
        int pair = (codes[even] & 0xf) | (codes[even + SUB_BLOCK_SIZE] & 0xf) << 4;
        int octet = CODES + s / 2 * SUB_BLOCK_SIZE + i;
        LittleEndian.put8(target, block + octet, pair);
      }
    }
  }
}
