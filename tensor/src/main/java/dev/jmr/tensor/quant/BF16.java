package dev.jmr.tensor.quant;

import java.lang.foreign.MemorySegment;

/// The upper 16 bits of 32-bit floats ("brain floats"), one per block.
public final class BF16 extends BlockwiseFormat {
  public BF16() {
    super(1, Short.BYTES);
  }

  @Override
  void dequantizeBlock(MemorySegment source, long block, float[] target, int at) {
    target[at] = Float.intBitsToFloat(LittleEndian.u16(source, block) << 16);
  }

  @Override
  public boolean quantizes() {
    return true;
  }

  /// Rounds to nearest even; what is not a number stays so.
  @Override
  void quantizeBlock(float[] source, int at, MemorySegment target, long block) {
    int bits = Float.floatToIntBits(source[at]);
    if (!Float.isNaN(source[at])) {
      int evenTie = (bits >>> 16) & 1;
      bits += 0x7fff + evenTie;
    }
    LittleEndian.put16(target, block, bits >>> 16);
  }
}
