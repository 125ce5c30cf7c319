package dev.jmr.tensor.quant;

import java.lang.foreign.MemorySegment;

/// 256 elements of 2 bits in 16 sub-blocks, each with a scale and a minimum: `x = (d · scale) · q − dmin · min`.
///
/// Layout: 16 bytes with a scale (low nibble) and a minimum (high nibble) per sub-block, 64 bytes of codes
/// ([TwoBits]), `half d`, `half dmin`.
public final class Q2_K extends BlockwiseFormat {
  private static final int SIZE = 256;
  private static final int CODES = 16;
  private static final int D = 80;
  private static final int DMIN = 82;
  private static final int SUB_BLOCK_SIZE = 16;
  private static final int SUB_BLOCKS = SIZE / SUB_BLOCK_SIZE;
  private static final int MAX_CODE = 3;
  private static final int MAX_SCALE = 15;

  public Q2_K() {
    super(SIZE, DMIN + 2);
  }

  @Override
  void dequantizeBlock(MemorySegment source, long block, float[] target, int at) {
    float d = LittleEndian.half(source, block + D);
    float dmin = LittleEndian.half(source, block + DMIN);
    for (int i = 0; i < SIZE; i++) {
      int scales = LittleEndian.u8(source, block + i / SUB_BLOCK_SIZE);
      int codes = LittleEndian.u8(source, block + CODES + TwoBits.octet(i));
      int code = (codes >> TwoBits.shift(i)) & 3;
      target[at + i] = d * (scales & 0xf) * code - dmin * (scales >> 4);
    }
  }

  @Override
  public boolean quantizes() {
    return true;
  }

  /// Fits each sub-block alone, then rounds its scale and minimum to 4 bits of the largest of each.
  @Override
  void quantizeBlock(float[] source, int at, MemorySegment target, long block) {
    FittedBlock fitted =
        FittedBlock.of(source, at, SUB_BLOCKS, SUB_BLOCK_SIZE, MAX_CODE, MAX_SCALE);
    ScaleMin unit = LittleEndian.putHalves(target, block + D, fitted.unit());
    IntegerPair[] pairs = fitted.round(unit);
    for (int s = 0; s < SUB_BLOCKS; s++) {
      LittleEndian.put8(target, block + s, pairs[s].scale() | pairs[s].min() << 4);
    }
    TwoBits.put(target, block + CODES, fitted.codes(pairs, unit));
  }
}
