package dev.jmr.kernels.gpu.tornado.kernel;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/// Rotary positions.
public final class Rope {
  private static final float TURN = 0x1.921fb6p+2f;
  private static final float TURN_REST = -0x1.777a5cp-23f;

  private Rope() {}

  /// One item for each element of `[T, width]`.
  ///
  /// @param frequencies radians per position of each pair
  /// @param halves 1 if pairs are apart by half of what is rotated, 0 if neighbours
  public static void rope(
      KernelContext context,
      IntArray step,
      FloatArray work,
      FloatArray frequencies,
      int in,
      int out,
      int width,
      int headSize,
      int pairs,
      int halves,
      float magnitude) {
    int i = context.globalIdx;
    if (i < step.get(StepNumbers.TOKEN_COUNT) * width) {
      int element = i % width % headSize;
      float own = work.get(in + i);
      float rotated = own;
      if (element < 2 * pairs) {
        int pair = halves != 0 ? element % pairs : element / 2;
        int second = halves != 0 ? element / pairs : element % 2;
        int apart = halves != 0 ? pairs : 1;
        float other = work.get(in + i + (second != 0 ? -apart : apart));
        int position = step.get(StepNumbers.positions(step.get(StepNumbers.CAPACITY)) + i / width);
        float angle = angle(position, frequencies.get(pair));
        float cos = TornadoMath.cos(angle) * magnitude;
        float sin = TornadoMath.sin(angle) * magnitude;
        rotated = second != 0 ? other * sin + own * cos : own * cos - other * sin;
      }
      work.set(out + i, rotated);
    }
  }

  /// `position · frequency` without whole turns, more exact than a product of floats: the position is taken in two parts.
  private static float angle(int position, float frequency) {
    int high = position / 128 * 128;
    float large = high * frequency;
    int turns = (int) (large / TURN);
    float rest = large - turns * TURN - turns * TURN_REST;
    return rest + (position - high) * frequency;
  }
}
