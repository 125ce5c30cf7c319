package dev.jmr.bench.run;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.concurrent.atomic.AtomicInteger;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// Reads memory as fast as the Vector API can: what kernels that do nothing else would reach. A program of its own, see
/// [ReadBandwidth]: nothing else may touch this class, since the Vector API's module may be missing.
final class ReadLoop {
  private static final VectorSpecies<Integer> SPECIES = IntVector.SPECIES_PREFERRED;
  private static final int WIDTH = SPECIES.vectorByteSize();
  private static final int STEP = 4 * WIDTH;

  /// Below 64 KB the bounds of the slice cost more than the reading.
  private static final int CHUNK = 1 << 20;

  private static final int CHUNKS = 512;
  private static final int PASSES = 3;
  private static final int ROUNDS = 6;

  private final MemorySegment memory;
  private final int threads;
  private final AtomicInteger claimed = new AtomicInteger();
  private final AtomicInteger sum = new AtomicInteger();

  private ReadLoop(MemorySegment memory, int threads) {
    this.memory = memory;
    this.threads = threads;
  }

  /// Prints the bytes per second that as many threads read as the only argument says.
  public static void main(String[] arguments) throws InterruptedException {
    System.out.print(bytesPerSecond(Integer.parseInt(arguments[0])));
  }

  /// The best of several rounds over 512 MiB, in bytes per second; the first ones are for the compiler.
  private static double bytesPerSecond(int threads) throws InterruptedException {
    try (Arena arena = Arena.ofShared()) {
      MemorySegment memory = arena.allocate((long) CHUNKS * CHUNK, 1 << 12);
      memory.fill((byte) 1);
      ReadLoop loop = new ReadLoop(memory, threads);
      double best = 0;
      for (int round = 0; round < ROUNDS; round++) {
        best = Math.max(best, loop.round());
      }
      return best;
    }
  }

  private double round() throws InterruptedException {
    claimed.set(0);
    Thread[] others = new Thread[threads - 1];
    long start = System.nanoTime();
    for (int i = 0; i < others.length; i++) {
      others[i] = Thread.ofPlatform().daemon().name("jmr-read-" + i).start(this::read);
    }
    read();
    for (Thread other : others) {
      other.join();
    }
    return 1e9 * PASSES * CHUNKS * CHUNK / (System.nanoTime() - start);
  }

  private void read() {
    int total = 0;
    for (int i = claimed.getAndIncrement(); i < PASSES * CHUNKS; i = claimed.getAndIncrement()) {
      total += sum(memory.asSlice((long) (i % CHUNKS) * CHUNK, CHUNK));
    }
    sum.addAndGet(total);
  }

  private static int sum(MemorySegment chunk) {
    ByteOrder order = ByteOrder.nativeOrder();
    IntVector a = IntVector.zero(SPECIES);
    IntVector b = a;
    IntVector c = a;
    IntVector d = a;
    for (int i = 0; i < CHUNK; i += STEP) {
      a = a.add(IntVector.fromMemorySegment(SPECIES, chunk, i, order));
      b = b.add(IntVector.fromMemorySegment(SPECIES, chunk, i + WIDTH, order));
      c = c.add(IntVector.fromMemorySegment(SPECIES, chunk, i + 2 * WIDTH, order));
      d = d.add(IntVector.fromMemorySegment(SPECIES, chunk, i + 3 * WIDTH, order));
    }
    return a.add(b).add(c.add(d)).reduceLanes(VectorOperators.ADD);
  }
}
