package dev.jmr.kernels.cpu;

import dev.jmr.tensor.Shape;
import dev.jmr.tensor.Tensor;
import dev.jmr.tensor.TensorType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;

/// Weights of any type: blocks of random bytes, redrawn until they decode to numbers of a sane size.
public final class RandomWeights {
  private static final float LARGEST = 1e4f;

  private RandomWeights() {}

  public static Tensor of(Arena arena, TensorType type, int rows, int columns, Random random) {
    Shape shape = Shape.of(rows, columns);
    MemorySegment data = arena.allocate(type.byteSize(shape), 64);
    float[] decoded = new float[type.blockSize()];
    for (long at = 0; at < data.byteSize(); at += type.blockBytes()) {
      do {
        for (int i = 0; i < type.blockBytes(); i++) {
          data.set(ValueLayout.JAVA_BYTE, at + i, (byte) random.nextInt());
        }
        type.format().dequantize(data, at, decoded, 0, decoded.length);
      } while (!sane(decoded));
    }
    return new Tensor("test.weight", type, shape, data);
  }

  private static boolean sane(float[] values) {
    for (float value : values) {
      if (!(Math.abs(value) <= LARGEST)) {
        return false;
      }
    }
    return true;
  }

  /// Row `row` as the reference decodes it.
  public static float[] row(Tensor weight, int row) {
    float[] values = new float[(int) weight.shape().columns()];
    weight
        .type()
        .format()
        .dequantize(weight.data(), row * weight.rowBytes(), values, 0, values.length);
    return values;
  }

  public static float[] activations(int count, Random random) {
    float[] x = new float[count];
    for (int i = 0; i < count; i++) {
      x[i] = (float) random.nextGaussian();
    }
    return x;
  }
}
