package dev.jmr.kernels.cpu.linear;

import dev.jmr.kernels.cpu.vector.Lanes;
import java.lang.foreign.MemorySegment;

/// The 12 bytes in which Q4_K and Q5_K keep eight 6-bit scales and eight 6-bit minima.
final class PackedScales {
  private PackedScales() {}

  /// Decodes the head of the super-block at `block`: eight times `d · scale`, then eight times `dmin · minimum`.
  static void decode(MemorySegment band, int block, float[] out, int offset) {
    float d = Lanes.half(band, block);
    float dmin = Lanes.half(band, block + 2);
    int low = band.get(Lanes.INT, block + 4);
    int middle = band.get(Lanes.INT, block + 8);
    int high = band.get(Lanes.INT, block + 12);
    int scales4to7 = (high & 0x0F0F0F0F) | (low >>> 6 & 0x03030303) << 4;
    int minima4to7 = (high >>> 4 & 0x0F0F0F0F) | (middle >>> 6 & 0x03030303) << 4;
    for (int i = 0; i < 4; i++) {
      int shift = 8 * i;
      out[offset + i] = d * (low >>> shift & 0x3F);
      out[offset + 4 + i] = d * (scales4to7 >>> shift & 0x3F);
      out[offset + 8 + i] = dmin * (middle >>> shift & 0x3F);
      out[offset + 12 + i] = dmin * (minima4to7 >>> shift & 0x3F);
    }
  }
}
