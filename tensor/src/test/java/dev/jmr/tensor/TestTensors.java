package dev.jmr.tensor;

import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;

/// Small weights for tests.
public final class TestTensors {
  private TestTensors() {}

  /// An F32 tensor with these elements.
  public static Tensor of(String name, Shape shape, float... values) {
    return new Tensor(name, TensorType.F32, shape, MemorySegment.ofArray(bytes(values)));
  }

  /// An F32 tensor of zeros.
  public static Tensor zeros(String name, long... axes) {
    Shape shape = Shape.of(axes);
    return of(name, shape, new float[Math.toIntExact(shape.elementCount())]);
  }

  /// An F32 tensor of numbers in (-1, 1) that depend on the name only.
  public static Tensor random(String name, long... axes) {
    Shape shape = Shape.of(axes);
    SplittableRandom random = new SplittableRandom(name.hashCode());
    float[] values = new float[Math.toIntExact(shape.elementCount())];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble(-1, 1);
    }
    return of(name, shape, values);
  }

  private static byte[] bytes(float[] values) {
    byte[] bytes = new byte[values.length * Float.BYTES];
    TensorType.F32.format().quantize(values, 0, MemorySegment.ofArray(bytes), 0, values.length);
    return bytes;
  }
}
