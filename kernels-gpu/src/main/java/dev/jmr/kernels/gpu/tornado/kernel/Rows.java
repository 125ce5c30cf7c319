package dev.jmr.kernels.gpu.tornado.kernel;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/// Rows and heads that are taken, joined and mixed; one item for each element of the result.
public final class Rows {
  /// Work items of a group that looks through a row.
  public static final int ITEMS = 256;

  private static final float LARGEST = 3.4028235e38f;

  private Rows() {}

  /// Rows of a weight of one of [Blocks]' types by token, or by position.
  ///
  /// @param positions 1 for rows by position
  public static void embedBlocks(
      KernelContext context,
      IntArray step,
      FloatArray work,
      IntArray weight,
      int out,
      int width,
      int positions,
      int type) {
    int i = context.globalIdx;
    if (i < step.get(StepNumbers.TOKEN_COUNT) * width) {
      int column = i % width;
      int unit = column / Blocks.UNIT;
      int at = index(step, i / width, positions) * Blocks.rowBytes(type, width / Blocks.UNIT);
      int block = Blocks.block(type, at, unit);
      float code = Blocks.code(type, weight, block, unit, column % Blocks.UNIT);
      work.set(
          out + i,
          Blocks.scale(type, weight, block, unit) * code
              - Blocks.minimum(type, weight, block, unit));
    }
  }

  /// The same of a weight of floats.
  public static void embedFloats(
      KernelContext context,
      IntArray step,
      FloatArray work,
      FloatArray weight,
      int out,
      int width,
      int positions) {
    int i = context.globalIdx;
    if (i < step.get(StepNumbers.TOKEN_COUNT) * width) {
      work.set(out + i, weight.get(index(step, i / width, positions) * width + i % width));
    }
  }

  private static int index(IntArray step, int token, int positions) {
    int capacity = step.get(StepNumbers.CAPACITY);
    return step.get(
        (positions != 0 ? StepNumbers.positions(capacity) : StepNumbers.tokens()) + token);
  }

  /// What came with the batch.
  public static void given(
      KernelContext context,
      IntArray step,
      FloatArray work,
      FloatArray given,
      int out,
      int width,
      int from,
      int givenWidth) {
    int i = context.globalIdx;
    if (i < step.get(StepNumbers.TOKEN_COUNT) * width) {
      work.set(out + i, given.get(i / width * givenWidth + from + i % width));
    }
  }

  /// The rows whose logits are wanted.
  public static void selectRows(
      KernelContext context, IntArray step, FloatArray work, int in, int out, int width) {
    int i = context.globalIdx;
    if (i < step.get(StepNumbers.OUTPUT_COUNT) * width) {
      int row = step.get(StepNumbers.outputs(step.get(StepNumbers.CAPACITY)) + i / width);
      work.set(out + i, work.get(in + row * width + i % width));
    }
  }

  /// Copies the result to where the host reads it.
  public static void result(
      KernelContext context, IntArray step, FloatArray work, FloatArray result, int in, int width) {
    int i = context.globalIdx;
    if (i < step.get(StepNumbers.OUTPUT_COUNT) * width) {
      result.set(i, work.get(in + i));
    }
  }

  /// The index of the largest number among those of each row that tokens stand for, the first of equal ones; -1 if one of them
  /// is none, or too large. A group of [#ITEMS] for each row.
  public static void likeliest(
      KernelContext context, IntArray step, FloatArray work, IntArray best, int in, int width) {
    float[] largest = context.allocateFloatLocalArray(ITEMS);
    int[] indices = context.allocateIntLocalArray(ITEMS);
    int item = context.localIdx;
    int row = context.groupIdx;
    int count = row < step.get(StepNumbers.OUTPUT_COUNT) ? step.get(StepNumbers.VOCABULARY) : 0;
    float most = -LARGEST;
    int index = width;
    int wrong = 0;
    for (int i = item; i < count; i += ITEMS) {
      float x = work.get(in + row * width + i);
      if (x > most) {
        most = x;
        index = i;
      }
      wrong = x <= LARGEST ? wrong : 1;
    }
    largest[item] = most;
    indices[item] = wrong != 0 ? -1 : index;
    context.localBarrier();
    if (item == 0 && count > 0) {
      for (int i = 1; i < ITEMS; i++) {
        if (indices[i] < 0) {
          wrong = 1;
        }
        if (largest[i] > most || (largest[i] == most && indices[i] < index)) {
          most = largest[i];
          index = indices[i];
        }
      }
      best.set(row, wrong != 0 || index == width ? -1 : index);
    }
  }

  /// `out = in · (1 + scale · ln(1 + ⌊(position + offset) / length⌋))`.
  public static void scaleByPosition(
      KernelContext context,
      IntArray step,
      FloatArray work,
      int in,
      int out,
      int width,
      float scale,
      int length,
      int offset) {
    int i = context.globalIdx;
    if (i < step.get(StepNumbers.TOKEN_COUNT) * width) {
      int position = step.get(StepNumbers.positions(step.get(StepNumbers.CAPACITY)) + i / width);
      int passed = (position + offset) / length;
      work.set(out + i, work.get(in + i) * (1f + scale * TornadoMath.log(1f + passed)));
    }
  }

  /// The same part of each head.
  public static void slice(
      KernelContext context,
      IntArray step,
      FloatArray work,
      int rows,
      int in,
      int out,
      int width,
      int part,
      int headSize,
      int from) {
    int i = context.globalIdx;
    if (i < step.get(rows) * width) {
      work.set(out + i, work.get(in + i / part * headSize + from + i % part));
    }
  }

  /// Each head of one value followed by the one of another, or by its only one.
  public static void concat(
      KernelContext context,
      IntArray step,
      FloatArray work,
      int rows,
      int left,
      int right,
      int out,
      int width,
      int heads,
      int leftSize,
      int rightCount) {
    int i = context.globalIdx;
    if (i < step.get(rows) * width) {
      int size = width / heads;
      int head = i / size;
      int element = i % size;
      int match = head / heads * rightCount + head % heads % rightCount;
      work.set(
          out + i,
          element < leftSize
              ? work.get(left + head * leftSize + element)
              : work.get(right + match * (size - leftSize) + element - leftSize));
    }
  }

  /// The heads of a row, mixed by coefficients of its own.
  public static void mixRows(
      KernelContext context,
      IntArray step,
      FloatArray work,
      int rows,
      int in,
      int inWidth,
      int coefficients,
      int out,
      int width,
      int heads) {
    int i = context.globalIdx;
    if (i < step.get(rows) * width) {
      int size = inWidth / heads;
      float sum = 0f;
      for (int head = 0; head < heads; head++) {
        sum +=
            work.get(coefficients + i / size * heads + head)
                * work.get(in + i / width * inWidth + head * size + i % size);
      }
      work.set(out + i, sum);
    }
  }

  /// Uses an array, so that it stays on the device.
  public static void keepInts(KernelContext context, IntArray array) {
    if (context.globalIdx == 0) {
      array.set(0, array.get(0));
    }
  }

  /// Uses an array, so that it stays on the device.
  public static void keepFloats(KernelContext context, FloatArray array) {
    if (context.globalIdx == 0) {
      array.set(0, array.get(0));
    }
  }
}
