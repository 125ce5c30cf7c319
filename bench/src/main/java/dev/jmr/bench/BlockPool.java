package dev.jmr.bench;

import dev.jmr.gguf.TensorSource;
import dev.jmr.tensor.Shape;
import dev.jmr.tensor.TensorType;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;

/// Encoded random weights of one type and spread, from which tensors of any size are filled by seeded picks.
///
/// Quantizing is slow and copying is not: a billion weights take seconds this way, and no two rows of a tensor are
/// alike. Immutable after construction.
final class BlockPool {
  private static final int UNITS = 1024;
  private static final int CHUNK_UNITS = 4096;

  private final byte[] units;
  private final int unitBytes;

  /// Draws and encodes `1024 · unitElements` weights from a normal distribution around 0.
  ///
  /// @param unitElements weights that are picked together, a multiple of the type's block size
  BlockPool(TensorType type, int unitElements, double deviation, SplittableRandom random) {
    float[] weights = new float[UNITS * unitElements];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) (random.nextGaussian() * deviation);
    }
    unitBytes = unitElements / type.blockSize() * type.blockBytes();
    units = new byte[UNITS * unitBytes];
    type.format().quantize(weights, 0, MemorySegment.ofArray(units), 0, weights.length);
  }

  /// The elements that a pick has in a tensor with rows of this length.
  static int unitElements(TensorType type, Shape shape) {
    int unit = 256;
    while (shape.columns() % unit != 0) {
      unit /= 2;
    }
    return Math.max(unit, type.blockSize());
  }

  /// The data of a tensor of `byteSize` bytes, the same for the same seed.
  TensorSource fill(long byteSize, long seed) {
    return channel -> {
      SplittableRandom random = new SplittableRandom(seed);
      ByteBuffer chunk = ByteBuffer.allocate(CHUNK_UNITS * unitBytes);
      for (long left = byteSize / unitBytes; left > 0; left -= CHUNK_UNITS) {
        chunk.clear();
        for (int i = 0; i < Math.min(left, CHUNK_UNITS); i++) {
          chunk.put(units, random.nextInt(UNITS) * unitBytes, unitBytes);
        }
        channel.write(chunk.flip());
      }
    };
  }
}
