package dev.jmr.kernels.cpu.linear;

import static dev.jmr.kernels.cpu.vector.Lanes.FLOATS;
import static dev.jmr.kernels.cpu.vector.Lanes.INTS;
import static dev.jmr.kernels.cpu.vector.Lanes.LITTLE;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;

/// Decodes super-blocks of Q4_K with vectors of 16 lanes, written out as [Q4_KWideRow] is.
final class Q4_KWideUnpack {
  private static final int BLOCK = KQuantKernel.BLOCK;
  private static final int NIBBLES = 16;

  /// Moves the minima, which follow the scales, to the lanes of the scales.
  private static final VectorShuffle<Float> MINIMA =
      VectorShuffle.fromOp(FLOATS, lane -> 8 + lane % 8);

  private Q4_KWideUnpack() {}

  /// `blocks` super-blocks from `first` on to `tile[to ..]`, columns in the kernel's order.
  static void unpackBlocks(MemorySegment band, int first, int blocks, float[] tile, int to) {
    for (int block = 0; block < blocks; block++) {
      int head = first + block * Q4_KKernel.BLOCK_BYTES;
      int at = to + block * BLOCK;
      IntVector heads = IntVector.fromMemorySegment(INTS, band, head, LITTLE);
      FloatVector scales = PackedScaleLanes.decode(heads, band, head);
      FloatVector minima = scales.rearrange(MINIMA).neg();

      IntVector q = IntVector.fromMemorySegment(INTS, band, head + NIBBLES, LITTLE);
      FloatVector scale = scales.rearrange(PackedScaleLanes.LOW_0);
      FloatVector minimum = minima.rearrange(PackedScaleLanes.LOW_0);
      IntVector r0 = q;
      IntVector r1 = q.lanewise(VectorOperators.LSHR, 8);
      IntVector r2 = q.lanewise(VectorOperators.LSHR, 16);
      IntVector r3 = q.lanewise(VectorOperators.LSHR, 24);
      ((FloatVector) r0.and(0xF).convert(VectorOperators.I2F, 0))
          .fma(scale, minimum)
          .intoArray(tile, at);
      ((FloatVector) r1.and(0xF).convert(VectorOperators.I2F, 0))
          .fma(scale, minimum)
          .intoArray(tile, at + 16);
      ((FloatVector) r2.and(0xF).convert(VectorOperators.I2F, 0))
          .fma(scale, minimum)
          .intoArray(tile, at + 32);
      ((FloatVector) r3.and(0xF).convert(VectorOperators.I2F, 0))
          .fma(scale, minimum)
          .intoArray(tile, at + 48);
      scale = scales.mul(0x1p-4f).rearrange(PackedScaleLanes.HIGH_0);
      minimum = minima.rearrange(PackedScaleLanes.HIGH_0);
      ((FloatVector) r0.and(0xF0).convert(VectorOperators.I2F, 0))
          .fma(scale, minimum)
          .intoArray(tile, at + 64);
      ((FloatVector) r1.and(0xF0).convert(VectorOperators.I2F, 0))
          .fma(scale, minimum)
          .intoArray(tile, at + 80);
      ((FloatVector) r2.and(0xF0).convert(VectorOperators.I2F, 0))
          .fma(scale, minimum)
          .intoArray(tile, at + 96);
      ((FloatVector) r3.and(0xF0).convert(VectorOperators.I2F, 0))
          .fma(scale, minimum)
          .intoArray(tile, at + 112);
      q = IntVector.fromMemorySegment(INTS, band, head + NIBBLES + 64, LITTLE);
      scale = scales.rearrange(PackedScaleLanes.LOW_1);
      minimum = minima.rearrange(PackedScaleLanes.LOW_1);
      r0 = q;
      r1 = q.lanewise(VectorOperators.LSHR, 8);
      r2 = q.lanewise(VectorOperators.LSHR, 16);
      r3 = q.lanewise(VectorOperators.LSHR, 24);
      ((FloatVector) r0.and(0xF).convert(VectorOperators.I2F, 0))
          .fma(scale, minimum)
          .intoArray(tile, at + 128);
      ((FloatVector) r1.and(0xF).convert(VectorOperators.I2F, 0))
          .fma(scale, minimum)
          .intoArray(tile, at + 144);
      ((FloatVector) r2.and(0xF).convert(VectorOperators.I2F, 0))
          .fma(scale, minimum)
          .intoArray(tile, at + 160);
      ((FloatVector) r3.and(0xF).convert(VectorOperators.I2F, 0))
          .fma(scale, minimum)
          .intoArray(tile, at + 176);
      scale = scales.mul(0x1p-4f).rearrange(PackedScaleLanes.HIGH_1);
      minimum = minima.rearrange(PackedScaleLanes.HIGH_1);
      ((FloatVector) r0.and(0xF0).convert(VectorOperators.I2F, 0))
          .fma(scale, minimum)
          .intoArray(tile, at + 192);
      ((FloatVector) r1.and(0xF0).convert(VectorOperators.I2F, 0))
          .fma(scale, minimum)
          .intoArray(tile, at + 208);
      ((FloatVector) r2.and(0xF0).convert(VectorOperators.I2F, 0))
          .fma(scale, minimum)
          .intoArray(tile, at + 224);
      ((FloatVector) r3.and(0xF0).convert(VectorOperators.I2F, 0))
          .fma(scale, minimum)
          .intoArray(tile, at + 240);
    }
  }
}
