package dev.jmr.kernels.cpu.linear;

import static dev.jmr.kernels.cpu.vector.Lanes.INTS;
import static dev.jmr.kernels.cpu.vector.Lanes.LITTLE;
import static dev.jmr.kernels.cpu.vector.Lanes.SHORT;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/// Decodes super-blocks of Q6_K with vectors of 16 lanes, written out as [Q6_KWideRow] is.
final class Q6_KWideUnpack {
  private static final int BLOCK = KQuantKernel.BLOCK;

  private Q6_KWideUnpack() {}

  /// `blocks` super-blocks from `first` on to `tile[to ..]`, columns in the kernel's order.
  static void unpackBlocks(MemorySegment band, int first, int blocks, float[] tile, int to) {
    IntVector highNibbles = IntVector.broadcast(INTS, Q6_KWideRow.HIGH_NIBBLES);
    for (int block = 0; block < blocks; block++) {
      int head = first + block * Q6_KKernel.BLOCK_BYTES;
      int at = to + block * BLOCK;
      IntVector pairs = IntVector.fromMemorySegment(INTS, band, head + Q6_KKernel.PAIRS, LITTLE);
      FloatVector scales =
          ((FloatVector)
                  ByteVector.fromMemorySegment(
                          ByteVector.SPECIES_128, band, head + Q6_KKernel.SCALE_BYTES, LITTLE)
                      .convertShape(VectorOperators.B2I, INTS, 0)
                      .convert(VectorOperators.I2F, 0))
              .mul(Float.float16ToFloat(band.get(SHORT, head + Q6_KKernel.D)));

      IntVector nibbles = IntVector.fromMemorySegment(INTS, band, head, LITTLE);
      IntVector upper =
          pairs
              .rearrange(Q6_KWideRow.FIRST_HALF)
              .lanewise(VectorOperators.LSHR, Q6_KWideRow.PAIR_SHIFT);
      IntVector q =
          nibbles.lanewise(
              VectorOperators.BITWISE_BLEND, upper.lanewise(VectorOperators.LSHL, 4), highNibbles);
      FloatVector scale = scales.rearrange(Q6_KWideRow.LOW_0);
      ((FloatVector) q.and(0x3F).sub(32).convert(VectorOperators.I2F, 0))
          .mul(scale)
          .intoArray(tile, at);
      ((FloatVector)
              q.lanewise(VectorOperators.LSHR, 8).and(0x3F).sub(32).convert(VectorOperators.I2F, 0))
          .mul(scale)
          .intoArray(tile, at + 16);
      ((FloatVector)
              q.lanewise(VectorOperators.LSHR, 16)
                  .and(0x3F)
                  .sub(32)
                  .convert(VectorOperators.I2F, 0))
          .mul(scale)
          .intoArray(tile, at + 32);
      ((FloatVector)
              q.lanewise(VectorOperators.LSHR, 24)
                  .and(0x3F)
                  .sub(32)
                  .convert(VectorOperators.I2F, 0))
          .mul(scale)
          .intoArray(tile, at + 48);
      q =
          nibbles
              .lanewise(VectorOperators.LSHR, 4)
              .lanewise(VectorOperators.BITWISE_BLEND, upper, highNibbles);
      scale = scales.rearrange(Q6_KWideRow.HIGH_0);
      ((FloatVector) q.and(0x3F).sub(32).convert(VectorOperators.I2F, 0))
          .mul(scale)
          .intoArray(tile, at + 64);
      ((FloatVector)
              q.lanewise(VectorOperators.LSHR, 8).and(0x3F).sub(32).convert(VectorOperators.I2F, 0))
          .mul(scale)
          .intoArray(tile, at + 80);
      ((FloatVector)
              q.lanewise(VectorOperators.LSHR, 16)
                  .and(0x3F)
                  .sub(32)
                  .convert(VectorOperators.I2F, 0))
          .mul(scale)
          .intoArray(tile, at + 96);
      ((FloatVector)
              q.lanewise(VectorOperators.LSHR, 24)
                  .and(0x3F)
                  .sub(32)
                  .convert(VectorOperators.I2F, 0))
          .mul(scale)
          .intoArray(tile, at + 112);
      nibbles = IntVector.fromMemorySegment(INTS, band, head + 64, LITTLE);
      upper =
          pairs
              .rearrange(Q6_KWideRow.SECOND_HALF)
              .lanewise(VectorOperators.LSHR, Q6_KWideRow.PAIR_SHIFT);
      q =
          nibbles.lanewise(
              VectorOperators.BITWISE_BLEND, upper.lanewise(VectorOperators.LSHL, 4), highNibbles);
      scale = scales.rearrange(Q6_KWideRow.LOW_1);
      ((FloatVector) q.and(0x3F).sub(32).convert(VectorOperators.I2F, 0))
          .mul(scale)
          .intoArray(tile, at + 128);
      ((FloatVector)
              q.lanewise(VectorOperators.LSHR, 8).and(0x3F).sub(32).convert(VectorOperators.I2F, 0))
          .mul(scale)
          .intoArray(tile, at + 144);
      ((FloatVector)
              q.lanewise(VectorOperators.LSHR, 16)
                  .and(0x3F)
                  .sub(32)
                  .convert(VectorOperators.I2F, 0))
          .mul(scale)
          .intoArray(tile, at + 160);
      ((FloatVector)
              q.lanewise(VectorOperators.LSHR, 24)
                  .and(0x3F)
                  .sub(32)
                  .convert(VectorOperators.I2F, 0))
          .mul(scale)
          .intoArray(tile, at + 176);
      q =
          nibbles
              .lanewise(VectorOperators.LSHR, 4)
              .lanewise(VectorOperators.BITWISE_BLEND, upper, highNibbles);
      scale = scales.rearrange(Q6_KWideRow.HIGH_1);
      ((FloatVector) q.and(0x3F).sub(32).convert(VectorOperators.I2F, 0))
          .mul(scale)
          .intoArray(tile, at + 192);
      ((FloatVector)
              q.lanewise(VectorOperators.LSHR, 8).and(0x3F).sub(32).convert(VectorOperators.I2F, 0))
          .mul(scale)
          .intoArray(tile, at + 208);
      ((FloatVector)
              q.lanewise(VectorOperators.LSHR, 16)
                  .and(0x3F)
                  .sub(32)
                  .convert(VectorOperators.I2F, 0))
          .mul(scale)
          .intoArray(tile, at + 224);
      ((FloatVector)
              q.lanewise(VectorOperators.LSHR, 24)
                  .and(0x3F)
                  .sub(32)
                  .convert(VectorOperators.I2F, 0))
          .mul(scale)
          .intoArray(tile, at + 240);
    }
  }
}
