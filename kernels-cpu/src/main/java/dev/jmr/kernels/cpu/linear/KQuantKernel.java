package dev.jmr.kernels.cpu.linear;

import static dev.jmr.kernels.cpu.vector.Lanes.COUNT;
import static dev.jmr.kernels.cpu.vector.Lanes.FLOATS;
import static dev.jmr.kernels.cpu.vector.Lanes.PAD;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/// The dot form of K-quants: with 16 lanes a whole row at a time, with fewer a few super-blocks at a time, first their scales,
/// then the products.
abstract class KQuantKernel implements LinearKernel {
  /// Weights in a super-block.
  static final int BLOCK = 256;

  /// Rows per call with vectors of 16 lanes, which share the checks of the activations' bounds: few enough that there are
  /// soon as many calls as C2 waits for before it compiles.
  static final int ROWS = 4;

  /// Super-blocks at a time.
  private static final int SLICE = 8;

  /// Sums over activations per super-block, and what multiplies them.
  static final int SUMS = 16;

  /// In the scratch of a worker: the spread scales, what multiplies the sums, and the row's sums, one per lane.
  static final int SCALES = PAD;

  static final int PLAIN = SCALES + SLICE * ScaleLanes.LENGTH;
  private static final int SUM = PLAIN + SLICE * SUMS;

  private final int blockBytes;

  /// The order of columns in which the fields of bytes are met that are read as ints: for each packed vector first the
  /// lowest ones, of these byte 0 of each lane, then byte 1, …
  ///
  /// @param fields in a byte: 2 of four bits or 4 of two
  /// @param run columns whose lowest fields lie in successive bytes; the same bytes' next ones are the `run` after them
  static int[] source(int fields, int run) {
    int[] source = new int[BLOCK];
    for (int i = 0; i < BLOCK; i++) {
      int lane = i % COUNT;
      int position = i / COUNT % 4;
      int field = i / (4 * COUNT) % fields;
      int packedByte = i / (4 * COUNT * fields) * 4 * COUNT + 4 * lane + position;
      source[i] = (packedByte / run * fields + field) * run + packedByte % run;
    }
    return source;
  }

  KQuantKernel(int blockBytes) {
    this.blockBytes = blockBytes;
  }

  @Override
  public final void dot(
      MemorySegment band,
      int byteOffset,
      int rowBytes,
      int rowCount,
      int columns,
      float[] x,
      int xOffset,
      float[] out,
      int outOffset,
      float[] scratch) {
    int blocks = columns / BLOCK;
    if (COUNT == 16) {
      wideProducts(band, byteOffset, rowBytes, rowCount, blocks, x, xOffset, out, outOffset);
      return;
    }
    for (int r = 0; r < rowCount; r++) {
      int row = byteOffset + r * rowBytes;
      out[outOffset + r] = slicedProduct(band, row, blocks, x, xOffset, scratch);
    }
  }

  @Override
  public final void dot(
      MemorySegment band,
      int byteOffset,
      int rowBytes,
      int rowCount,
      int columns,
      float[] x,
      float[] out,
      TokenPair pair,
      float[] scratch) {
    if (COUNT == 16) {
      widePair(band, byteOffset, rowBytes, rowCount, columns / BLOCK, x, out, pair);
    } else {
      LinearKernel.super.dot(band, byteOffset, rowBytes, rowCount, columns, x, out, pair, scratch);
    }
  }

  private float slicedProduct(
      MemorySegment band, int row, int blocks, float[] x, int xOffset, float[] scratch) {
    FloatVector.zero(FLOATS).intoArray(scratch, SUM);
    for (int block = 0; block < blocks; block += SLICE) {
      int count = Math.min(SLICE, blocks - block);
      int first = row + block * blockBytes;
      spread(band, first, count, scratch);
      spreadSums(count, x, xOffset + blocks * BLOCK + block * SUMS, scratch);
      products(band, first, count, x, xOffset + block * BLOCK, scratch, SUM);
    }
    return sum(scratch, SUM);
  }

  /// Adds what the weights' minimum or zero point contributes. By itself, and not block by block: what single stores wrote
  /// just before would have to be waited for.
  private static void spreadSums(int count, float[] x, int sums, float[] scratch) {
    FloatVector sum = FloatVector.fromArray(FLOATS, scratch, SUM);
    for (int i = 0; i < count * SUMS; i += COUNT) {
      sum =
          FloatVector.fromArray(FLOATS, scratch, PLAIN + i)
              .fma(FloatVector.fromArray(FLOATS, x, sums + i), sum);
    }
    sum.intoArray(scratch, SUM);
  }

  private static float sum(float[] scratch, int at) {
    return FloatVector.fromArray(FLOATS, scratch, at).reduceLanes(VectorOperators.ADD);
  }

  /// The products of `rowCount` rows from `row` on and the packed activations at `x[at ..]`, with vectors of 16 lanes.
  abstract void wideProducts(
      MemorySegment band,
      int row,
      int rowBytes,
      int rowCount,
      int blocks,
      float[] x,
      int at,
      float[] out,
      int to);

  /// The same for two tokens.
  void widePair(
      MemorySegment band,
      int row,
      int rowBytes,
      int rowCount,
      int blocks,
      float[] x,
      float[] out,
      TokenPair pair) {
    wideProducts(band, row, rowBytes, rowCount, blocks, x, pair.x0, out, pair.out0);
    wideProducts(band, row, rowBytes, rowCount, blocks, x, pair.x1, out, pair.out1);
  }

  /// Spreads the scales of `count` super-blocks over lanes, from [#SCALES] on, and writes for each super-block what
  /// multiplies its sums, from [#PLAIN] on.
  abstract void spread(MemorySegment band, int first, int count, float[] scratch);

  /// Adds the products of `count` super-blocks to the lanes at `sum`.
  abstract void products(
      MemorySegment band, int first, int count, float[] x, int at, float[] scratch, int sum);
}
