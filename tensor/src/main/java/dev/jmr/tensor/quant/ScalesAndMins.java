package dev.jmr.tensor.quant;

import java.lang.foreign.MemorySegment;

/// The 12 bytes in which Q4_K and Q5_K keep a 6-bit scale and a 6-bit minimum for each of 8 sub-blocks.
///
/// The first four scales are the low 6 bits of bytes 0–3, the first four minima those of bytes 4–7. The last four have
/// their low 4 bits in the nibbles of bytes 8–11 (scale low, minimum high) and their upper 2 bits in the two bits that
/// bytes 0–3 (scales) and 4–7 (minima) have left.
final class ScalesAndMins {
  static final int BYTES = 12;

  /// What 6 bits hold.
  static final int MAX = 63;

  private static final int SUB_BLOCKS = 8;

  private ScalesAndMins() {}

  static int scale(MemorySegment source, long packed, int subBlock) {
    if (subBlock < 4) {
      return LittleEndian.u8(source, packed + subBlock) & 0x3f;
    }
    int low = LittleEndian.u8(source, packed + 4 + subBlock) & 0xf;
    return low | (LittleEndian.u8(source, packed + subBlock - 4) >> 6) << 4;
  }

  static int min(MemorySegment source, long packed, int subBlock) {
    if (subBlock < 4) {
      return LittleEndian.u8(source, packed + 4 + subBlock) & 0x3f;
    }
    int low = LittleEndian.u8(source, packed + 4 + subBlock) >> 4;
    return low | (LittleEndian.u8(source, packed + subBlock) >> 6) << 4;
  }

  /// Writes all 12 bytes.
  static void put(MemorySegment target, long packed, IntegerPair[] pairs) {
    for (int i = 0; i < SUB_BLOCKS / 2; i++) {
      IntegerPair early = pairs[i];
      IntegerPair late = pairs[i + SUB_BLOCKS / 2];
      LittleEndian.put8(target, packed + i, early.scale() | (late.scale() >> 4) << 6);
      LittleEndian.put8(target, packed + 4 + i, early.min() | (late.min() >> 4) << 6);
      LittleEndian.put8(target, packed + 8 + i, (late.scale() & 0xf) | (late.min() & 0xf) << 4);
    }
  }
}
