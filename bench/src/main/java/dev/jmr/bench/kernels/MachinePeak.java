package dev.jmr.bench.kernels;

import dev.jmr.kernels.cpu.vector.Lanes;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicLong;

/// What this machine can do at most, measured: the best of several rounds, with vectors of the width at hand.
///
/// @param width bits of a vector
/// @param threads that worked at the same time
/// @param memoryBytesPerSecond read from memory, one after the other
/// @param cacheBytesPerSecond read from the second-level cache
/// @param flopsPerSecond float multiplications and additions, fused
public record MachinePeak(
    int width,
    int threads,
    double memoryBytesPerSecond,
    double cacheBytesPerSecond,
    double flopsPerSecond) {
  private static final Rounds ROUNDS = new Rounds(7, 60, 300);
  private static final int READ_CHUNK = 1 << 20;
  private static final int STEPS = 10_000;

  /// Measures with `threads` threads. Needs the module `jdk.incubator.vector`; takes about two seconds.
  public static MachinePeak measure(int threads) {
    return new MachinePeak(
        Lanes.BITS,
        threads,
        read(Place.MEMORY, threads),
        read(Place.CACHE, threads),
        multiply(threads));
  }

  /// Bits of this JVM's vectors.
  static int currentWidth() {
    return Lanes.BITS;
  }

  /// What can be read per second from `place`.
  public double bytesPerSecond(Place place) {
    return switch (place) {
      case CACHE -> cacheBytesPerSecond;
      case MEMORY -> memoryBytesPerSecond;
    };
  }

  private static double read(Place place, int threads) {
    int chunk = Math.min(READ_CHUNK, place.bytes());
    int bytes = place == Place.CACHE ? chunk : Math.ceilDiv(place.bytes() / threads, chunk) * chunk;
    try (Arena arena = Arena.ofShared()) {
      MemorySegment[] own = new MemorySegment[threads];
      for (int i = 0; i < threads; i++) {
        own[i] = arena.allocate(bytes, 64).fill((byte) 1);
      }
      AtomicLong sink = new AtomicLong();
      Repeatable reading =
          times -> Shares.run(threads, share -> sink.addAndGet(readAll(own[share], chunk, times)));
      return 1e9 * bytes * threads / ROUNDS.time(reading)[0];
    }
  }

  private static long readAll(MemorySegment segment, int chunk, int times) {
    long sum = 0;
    for (int i = 0; i < times; i++) {
      for (long at = 0; at < segment.byteSize(); at += chunk) {
        sum += PeakLoops.read(segment.asSlice(at, chunk));
      }
    }
    return sum;
  }

  private static double multiply(int threads) {
    AtomicLong sink = new AtomicLong();
    Repeatable multiplying =
        times -> Shares.run(threads, share -> sink.addAndGet(multiplyAll(share, times)));
    double flops = (double) STEPS * PeakLoops.FLOPS_PER_LANE * Lanes.COUNT * threads;
    return 1e9 * flops / ROUNDS.time(multiplying)[0];
  }

  private static long multiplyAll(int share, int times) {
    double sum = 0;
    for (int i = 0; i < times; i++) {
      sum += PeakLoops.multiply(STEPS, 1f + share + i);
    }
    return Double.doubleToLongBits(sum);
  }
}
