package dev.jmr.bench.kernels;

import static dev.jmr.kernels.cpu.vector.Lanes.COUNT;
import static dev.jmr.kernels.cpu.vector.Lanes.FLOATS;
import static dev.jmr.kernels.cpu.vector.Lanes.INTS;

import dev.jmr.kernels.cpu.vector.Lanes;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/// The loops that do nothing but read, or nothing but multiply and add: what kernels are held against.
///
/// They give back what they computed, so that the compiler cannot leave it out.
final class PeakLoops {
  /// Floating-point operations that a lane of [#multiply] does per step.
  static final int FLOPS_PER_LANE = 24;

  private static final int VECTOR_BYTES = COUNT * Integer.BYTES;

  private PeakLoops() {}

  /// Reads all of a native segment, a multiple of four vectors long. Must never be given a heap segment: a method that
  /// has seen two kinds of memory is slower for both.
  static int read(MemorySegment chunk) {
    int bytes = (int) chunk.byteSize();
    IntVector a = IntVector.zero(INTS);
    IntVector b = IntVector.zero(INTS);
    IntVector c = IntVector.zero(INTS);
    IntVector d = IntVector.zero(INTS);
    for (int at = 0; at < bytes; at += 4 * VECTOR_BYTES) {
      a = a.add(IntVector.fromMemorySegment(INTS, chunk, at, Lanes.LITTLE));
      b = b.add(IntVector.fromMemorySegment(INTS, chunk, at + VECTOR_BYTES, Lanes.LITTLE));
      c = c.add(IntVector.fromMemorySegment(INTS, chunk, at + 2 * VECTOR_BYTES, Lanes.LITTLE));
      d = d.add(IntVector.fromMemorySegment(INTS, chunk, at + 3 * VECTOR_BYTES, Lanes.LITTLE));
    }
    return a.add(b).add(c.add(d)).reduceLanes(VectorOperators.ADD);
  }

  /// `steps` times twelve independent multiplications with addition: enough to fill two units of four cycles' latency,
  /// few enough for sixteen registers.
  static float multiply(int steps, float start) {
    FloatVector m = FloatVector.broadcast(FLOATS, 0.875f);
    FloatVector s = FloatVector.broadcast(FLOATS, start);
    FloatVector a = s.add(1);
    FloatVector b = s.add(2);
    FloatVector c = s.add(3);
    FloatVector d = s.add(4);
    FloatVector e = s.add(5);
    FloatVector f = s.add(6);
    FloatVector g = s.add(7);
    FloatVector h = s.add(8);
    FloatVector i = s.add(9);
    FloatVector j = s.add(10);
    FloatVector k = s.add(11);
    FloatVector l = s.add(12);
    for (int step = 0; step < steps; step++) {
      a = a.fma(m, s);
      b = b.fma(m, s);
      c = c.fma(m, s);
      d = d.fma(m, s);
      e = e.fma(m, s);
      f = f.fma(m, s);
      g = g.fma(m, s);
      h = h.fma(m, s);
      i = i.fma(m, s);
      j = j.fma(m, s);
      k = k.fma(m, s);
      l = l.fma(m, s);
    }
    FloatVector sum = a.add(b).add(c).add(d).add(e).add(f);
    return sum.add(g).add(h).add(i).add(j).add(k).add(l).reduceLanes(VectorOperators.ADD);
  }
}
