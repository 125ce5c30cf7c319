package dev.jmr.kernels.cpu.linear;

import dev.jmr.kernels.cpu.vector.Lanes;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/// The 12 bytes in which Q4_K and Q5_K keep eight 6-bit scales and eight 6-bit minima.
final class PackedScales {
  /// Columns that share a scale and a minimum.
  static final int SUB_BLOCK = 32;

  private static final int BLOCK = KQuantKernel.BLOCK;

  private PackedScales() {}

  /// Activations permuted and scaled, with eight unused sums, then one for each minimum.
  static ActivationOrder order(int[] source, float[] scale) {
    return order(source, scale, new float[BLOCK]);
  }

  /// The same with a sum for each scale instead of the unused ones.
  ///
  /// @param factors of the columns in these sums
  static ActivationOrder order(int[] source, float[] scale, float[] factors) {
    int[] columns = new int[16];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = i * SUB_BLOCK % BLOCK;
    }
    float[] all = Arrays.copyOf(factors, 2 * BLOCK);
    Arrays.fill(all, BLOCK, 2 * BLOCK, -1);
    return ActivationOrder.permuted(source, scale).withSums(columns, all);
  }

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
