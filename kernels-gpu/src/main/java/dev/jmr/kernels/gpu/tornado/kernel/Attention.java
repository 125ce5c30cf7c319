package dev.jmr.kernels.gpu.tornado.kernel;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/// Keys and values in pages on the device, and softmax attention over them.
///
/// A cache has a row for each position of each page. With float16 two neighbours share an int; otherwise the row lies in an
/// array of floats. Whichever is not used has one element.
public final class Attention {
  /// Work items of a group, and positions of a page, which they look at together.
  public static final int ITEMS = 32;

  /// Masks by number: everything before, of which a window, of which a chunk, a window on both sides, everything.
  public static final int CAUSAL = 0;

  /// The last so many positions.
  public static final int SLIDING = 1;

  /// Those before in the same chunk of so many.
  public static final int CHUNKED = 2;

  /// Half of so many positions on either side.
  public static final int SYMMETRIC = 3;

  /// All of the sequence.
  public static final int FULL = 4;

  private static final float LOWEST = -1e30f;

  private Attention() {}

  /// Writes rows into a cache; one item for each pair of elements. Grid: `[T · ⌈width / 2⌉]`.
  ///
  /// @param packed 1 for float16
  public static void append(
      KernelContext context,
      IntArray step,
      IntArray tables,
      FloatArray work,
      IntArray halves,
      FloatArray floats,
      int in,
      int width,
      int packed) {
    int pairs = (width + 1) / 2;
    int i = context.globalIdx;
    if (i < step.get(StepNumbers.TOKEN_COUNT) * pairs) {
      int token = i / pairs;
      int first = i % pairs * 2;
      int row =
          row(
              step,
              tables,
              token,
              step.get(StepNumbers.positions(step.get(StepNumbers.CAPACITY)) + token));
      float a = work.get(in + token * width + first);
      float b = first + 1 < width ? work.get(in + token * width + first + 1) : 0f;
      if (packed != 0) {
        halves.set(row * pairs + i % pairs, Halves.bits(a) | (Halves.bits(b) << 16));
      } else {
        floats.set(row * pairs * 2 + first, a);
        floats.set(row * pairs * 2 + first + 1, b);
      }
    }
  }

  /// The row of a token's sequence at a position.
  static int row(IntArray step, IntArray tables, int token, int position) {
    int table = step.get(StepNumbers.tables(step.get(StepNumbers.CAPACITY)) + token);
    return tables.get(table + position / ITEMS) * ITEMS + position % ITEMS;
  }

  /// An element of a row; `pairs` is half of what a row takes.
  static float element(IntArray halves, FloatArray floats, int row, int pairs, int i, int packed) {
    if (packed != 0) {
      return Blocks.halfOf((halves.get(row * pairs + (i >> 1)) >> ((i & 1) << 4)) & 0xffff);
    }
    return floats.get(row * pairs * 2 + i);
  }

  private static int firstVisible(int mask, int size, int position) {
    int first = 0;
    if (mask == SLIDING) {
      first = position - size + 1;
    }
    if (mask == CHUNKED) {
      first = position / size * size;
    }
    if (mask == SYMMETRIC) {
      first = position - size / 2;
    }
    return first < 0 ? 0 : first;
  }

  private static int lastVisible(int mask, int size, int position, int lastOfSequence) {
    if (mask == FULL) {
      return lastOfSequence;
    }
    if (mask == SYMMETRIC) {
      int ahead = lastOfSequence - position;
      return position + (ahead < size / 2 ? ahead : size / 2);
    }
    return position;
  }

  /// One head of one token. Grid: `[T · H · ITEMS]`.
  ///
  /// @param shape by [Shape]: what is constant of the heads and the mask
  /// @param sinks one for each head, or one element where there are none
  /// @param scale of scores
  /// @param cap of scores; 0 = none
  public static void attend(
      KernelContext context,
      IntArray step,
      IntArray tables,
      FloatArray work,
      IntArray keyHalves,
      FloatArray keyFloats,
      IntArray valueHalves,
      FloatArray valueFloats,
      FloatArray sinks,
      IntArray shape,
      int query,
      int out,
      int keyLength,
      int valueLength,
      float scale,
      float cap) {
    float[] q = context.allocateFloatLocalArray(keyLength);
    float[] sums = context.allocateFloatLocalArray(valueLength);
    float[] scores = context.allocateFloatLocalArray(ITEMS);
    int item = context.localIdx;
    int heads = shape.get(Shape.HEADS);
    int token = context.groupIdx / heads;
    int head = context.groupIdx % heads;
    int packed = shape.get(Shape.HALF);
    int kvHeads = shape.get(Shape.KV_HEADS);
    int kvHead = head / (heads / kvHeads);
    int keyPairs = (kvHeads * keyLength + 1) / 2;
    int valuePairs = (kvHeads * valueLength + 1) / 2;
    int there = token < step.get(StepNumbers.TOKEN_COUNT) ? 1 : 0;
    int capacity = step.get(StepNumbers.CAPACITY);
    int position = there != 0 ? step.get(StepNumbers.positions(capacity) + token) : 0;
    int lastOfSequence = there != 0 ? step.get(StepNumbers.lasts(capacity) + token) : -1;
    int first = firstVisible(shape.get(Shape.MASK), shape.get(Shape.MASK_SIZE), position);
    int last =
        there != 0
            ? lastVisible(
                shape.get(Shape.MASK), shape.get(Shape.MASK_SIZE), position, lastOfSequence)
            : -1;
    for (int d = item; d < keyLength; d += ITEMS) {
      q[d] = there != 0 ? work.get(query + (token * heads + head) * keyLength + d) : 0f;
    }
    for (int d = item; d < valueLength; d += ITEMS) {
      sums[d] = 0f;
    }
    context.localBarrier();
    float max = LOWEST;
    float total = 0f;
    for (int from = first; from <= last; from += ITEMS) {
      int seen = from + item;
      float score = LOWEST;
      if (seen <= last) {
        int row = row(step, tables, token, seen);
        float dot = 0f;
        for (int d = 0; d < keyLength; d++) {
          dot +=
              q[d] * element(keyHalves, keyFloats, row, keyPairs, kvHead * keyLength + d, packed);
        }
        score = dot * scale;
        score = cap > 0f ? cap * TornadoMath.tanh(score / cap) : score;
      }
      scores[item] = score;
      context.localBarrier();
      int count = last - from + 1 < ITEMS ? last - from + 1 : ITEMS;
      float larger = max;
      for (int i = 0; i < count; i++) {
        larger = TornadoMath.max(larger, scores[i]);
      }
      float faded = TornadoMath.exp(max - larger);
      max = larger;
      total = total * faded;
      for (int i = 0; i < count; i++) {
        total += TornadoMath.exp(scores[i] - larger);
      }
      for (int d = item; d < valueLength; d += ITEMS) {
        float sum = sums[d] * faded;
        for (int i = 0; i < count; i++) {
          int row = row(step, tables, token, from + i);
          sum +=
              TornadoMath.exp(scores[i] - larger)
                  * element(
                      valueHalves, valueFloats, row, valuePairs, kvHead * valueLength + d, packed);
        }
        sums[d] = sum;
      }
      context.localBarrier();
    }
    if (there != 0) {
      float sunk = shape.get(Shape.SINKS) != 0 ? sinks.get(head) : LOWEST;
      float larger = TornadoMath.max(max, sunk);
      float faded = TornadoMath.exp(max - larger);
      total = total * faded + (shape.get(Shape.SINKS) != 0 ? TornadoMath.exp(sunk - larger) : 0f);
      for (int d = item; d < valueLength; d += ITEMS) {
        work.set(out + (token * heads + head) * valueLength + d, sums[d] * faded / total);
      }
    }
  }

  /// Mixes each column of a row with those of the positions before, from the cache; one item for each element.
  ///
  /// @param weight `[width, length]`
  public static void convolve(
      KernelContext context,
      IntArray step,
      IntArray tables,
      FloatArray work,
      IntArray halves,
      FloatArray floats,
      FloatArray weight,
      int out,
      int width,
      int length,
      int packed) {
    int i = context.globalIdx;
    if (i < step.get(StepNumbers.TOKEN_COUNT) * width) {
      int token = i / width;
      int column = i % width;
      int position = step.get(StepNumbers.positions(step.get(StepNumbers.CAPACITY)) + token);
      float sum = 0f;
      for (int j = 0; j < length; j++) {
        int seen = position - length + 1 + j;
        if (seen >= 0) {
          int row = row(step, tables, token, seen);
          sum +=
              weight.get(column * length + j)
                  * element(halves, floats, row, (width + 1) / 2, column, packed);
        }
      }
      work.set(out + i, sum);
    }
  }

  /// Places in the array of what is constant of an attention's heads and mask.
  public static final class Shape {
    public static final int HEADS = 0;
    public static final int KV_HEADS = 1;
    public static final int MASK = 2;
    public static final int MASK_SIZE = 3;
    public static final int HALF = 4;
    public static final int SINKS = 5;

    /// How many there are.
    public static final int COUNT = 6;

    private Shape() {}
  }
}
