package dev.jmr.kernels.cpu.linear;

import static dev.jmr.kernels.cpu.vector.Lanes.COUNT;

import jdk.incubator.vector.FloatVector;

/// Spreads the scales of a K-quant super-block over the lanes whose weights they scale: 64 floats per super-block, one
/// vector for each low and each high half of a packed vector.
///
/// Four neighbouring lanes always share a scale, at every vector width.
final class ScaleLanes {
  /// Floats per super-block.
  static final int LENGTH = 64;

  private static final int GROUP = 4;

  private final int[] scaleOfGroup = new int[LENGTH / GROUP];

  /// @param source the kernel's column order; every vector of `4 · COUNT` places has one set of scales
  /// @param width columns that share a scale
  ScaleLanes(int[] source, int width) {
    for (int group = 0; group < scaleOfGroup.length; group++) {
      int vector = group * GROUP / COUNT;
      int lane = group * GROUP % COUNT;
      scaleOfGroup[group] = source[vector * 4 * COUNT + lane] / width;
    }
  }

  /// Writes the spread of the scales `scales[from ..]` to `lanes[to .. to + 64]`.
  void spread(float[] scales, int from, float[] lanes, int to) {
    for (int group = 0; group < scaleOfGroup.length; group++) {
      FloatVector.broadcast(FloatVector.SPECIES_128, scales[from + scaleOfGroup[group]])
          .intoArray(lanes, to + group * GROUP);
    }
  }
}
