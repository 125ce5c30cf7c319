package dev.jmr.kernels.cpu.vector;

import static dev.jmr.kernels.cpu.vector.Lanes.COUNT;
import static dev.jmr.kernels.cpu.vector.Lanes.FLOATS;
import static dev.jmr.kernels.cpu.vector.Lanes.INTS;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// Floats as bytes from -127 to 127 times a scale.
public final class ScaledCodes {
  private static final int LARGEST_CODE = 127;

  /// As many bytes as a vector has floats; no vector of bytes is as short as four.
  private static final VectorSpecies<Byte> BYTES =
      COUNT == 16 ? ByteVector.SPECIES_128 : ByteVector.SPECIES_64;

  private static final boolean VECTORS = COUNT >= 8;

  private ScaledCodes() {}

  /// The scale with which the largest of `count` floats becomes the largest code.
  public static float scale(float[] x, int from, int count) {
    float most = 0;
    for (int i = 0; i < count; i++) {
      most = Math.max(most, Math.abs(x[from + i]));
    }
    return most / LARGEST_CODE;
  }

  /// Writes the codes of `count` floats, `stride` apart.
  public static void encode(
      float[] x, int from, int count, float scale, byte[] codes, int at, int stride) {
    float inverse = scale == 0 ? 0 : 1 / scale;
    for (int i = 0; i < count; i++) {
      codes[at + i * stride] = (byte) Math.round(x[from + i] * inverse);
    }
  }

  /// Decodes `count` codes of one scale.
  public static void decode(
      byte[] codes, int from, float scale, float[] target, int to, int count) {
    int i = 0;
    if (VECTORS) {
      for (; i <= count - COUNT; i += COUNT) {
        floats(codes, from + i).mul(scale).intoArray(target, to + i);
      }
    }
    for (; i < count; i++) {
      target[to + i] = codes[from + i] * scale;
    }
  }

  /// Decodes `count` codes, each with its own scale.
  public static void decode(
      byte[] codes, int from, float[] scales, int scale, float[] target, int to, int count) {
    int i = 0;
    if (VECTORS) {
      for (; i <= count - COUNT; i += COUNT) {
        floats(codes, from + i)
            .mul(FloatVector.fromArray(FLOATS, scales, scale + i))
            .intoArray(target, to + i);
      }
    }
    for (; i < count; i++) {
      target[to + i] = codes[from + i] * scales[scale + i];
    }
  }

  private static FloatVector floats(byte[] codes, int from) {
    return Lanes.toFloats(
        (IntVector)
            ByteVector.fromArray(BYTES, codes, from).convertShape(VectorOperators.B2I, INTS, 0));
  }
}
