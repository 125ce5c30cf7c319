package dev.jmr.kernels.cpu.linear;

import static dev.jmr.kernels.cpu.vector.Lanes.COUNT;
import static dev.jmr.kernels.cpu.vector.Lanes.FLOATS;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/// Spreads the scales of a K-quant super-block over the lanes whose weights they scale: 64 floats per super-block, one
/// vector for each low and each high half of a packed vector.
///
/// Four neighbouring lanes always share a scale, at every vector width.
final class ScaleLanes {
  /// Floats per super-block.
  static final int LENGTH = 64;

  private static final int GROUP = 4;

  private static final VectorMask<Float> FROM_4 = from(4);
  private static final VectorMask<Float> FROM_8 = from(8);
  private static final VectorMask<Float> FROM_12 = from(12);

  private final int[] scaleOfGroup = new int[LENGTH / GROUP];

  private static VectorMask<Float> from(int lane) {
    return VectorMask.fromLong(FLOATS, (-1L << lane) & ((1L << COUNT) - 1));
  }

  /// @param source the kernel's column order; every vector of `4 · COUNT` places has one set of scales
  /// @param width columns that share a scale
  ScaleLanes(int[] source, int width) {
    for (int group = 0; group < scaleOfGroup.length; group++) {
      int vector = group * GROUP / COUNT;
      int lane = group * GROUP % COUNT;
      scaleOfGroup[group] = source[vector * 4 * COUNT + lane] / width;
    }
  }

  /// The lanes of vector `vector`, of which there is one for `4 · COUNT` places; inlined (`jvm.flags`). What [#spread]
  /// writes could not be read at once: a load waits for all stores that it is made of.
  FloatVector lanes(float[] scales, int from, int vector) {
    int group = vector * (COUNT / GROUP);
    FloatVector lanes = FloatVector.broadcast(FLOATS, scales[from + scaleOfGroup[group]]);
    if (COUNT >= 8) {
      lanes = lanes.blend(scales[from + scaleOfGroup[group + 1]], FROM_4);
    }
    if (COUNT == 16) {
      lanes = lanes.blend(scales[from + scaleOfGroup[group + 2]], FROM_8);
      lanes = lanes.blend(scales[from + scaleOfGroup[group + 3]], FROM_12);
    }
    return lanes;
  }

  /// Writes the spread of the scales `scales[from ..]` to `lanes[to .. to + 64]`.
  void spread(float[] scales, int from, float[] lanes, int to) {
    for (int group = 0; group < scaleOfGroup.length; group++) {
      FloatVector.broadcast(FloatVector.SPECIES_128, scales[from + scaleOfGroup[group]])
          .intoArray(lanes, to + group * GROUP);
    }
  }
}
