package dev.jmr.bench.kernels;

import dev.jmr.tensor.TensorType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.SplittableRandom;

/// Encoded random weights of one type, from which any amount of memory is filled by random picks.
///
/// Where the type can be quantized to, the weights are normally distributed as those of a model are; otherwise they are
/// random bits that decode to numbers of a sane size.
final class RandomBlocks {
  private static final int UNITS = 1024;
  private static final int UNIT_ELEMENTS = 256;
  private static final double DEVIATION = 0.02;
  private static final float LARGEST = 1e3f;

  private final TensorType type;
  private final SplittableRandom random;
  private final MemorySegment units;
  private final int unitBytes;

  RandomBlocks(TensorType type, long seed) {
    this.type = type;
    this.random = new SplittableRandom(seed);
    unitBytes = UNIT_ELEMENTS / type.blockSize() * type.blockBytes();
    units = MemorySegment.ofArray(new byte[UNITS * unitBytes]);
    if (type.format().quantizes()) {
      drawWeights();
    } else {
      drawBits();
    }
  }

  /// Fills a whole number of blocks.
  void fill(MemorySegment target) {
    for (long at = 0; at < target.byteSize(); at += unitBytes) {
      long from = (long) random.nextInt(UNITS) * unitBytes;
      long length = Math.min(unitBytes, target.byteSize() - at);
      MemorySegment.copy(units, from, target, at, length);
    }
  }

  private void drawWeights() {
    float[] weights = new float[UNITS * UNIT_ELEMENTS];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) (random.nextGaussian() * DEVIATION);
    }
    type.format().quantize(weights, 0, units, 0, weights.length);
  }

  private void drawBits() {
    float[] decoded = new float[type.blockSize()];
    for (long at = 0; at < units.byteSize(); at += type.blockBytes()) {
      do {
        for (int i = 0; i < type.blockBytes(); i++) {
          units.set(ValueLayout.JAVA_BYTE, at + i, (byte) random.nextInt());
        }
        type.format().dequantize(units, at, decoded, 0, decoded.length);
      } while (!sane(decoded));
    }
  }

  private static boolean sane(float[] values) {
    for (float value : values) {
      if (!(Math.abs(value) <= LARGEST)) {
        return false;
      }
    }
    return true;
  }
}
