package dev.jmr.kernels.gpu.tornado;

import dev.jmr.tensor.TensorException;
import dev.jmr.tensor.backend.Backend;
import dev.jmr.tensor.backend.BackendOptions;
import dev.jmr.tensor.backend.Backends;
import dev.jmr.tensor.backend.Batch;
import dev.jmr.tensor.backend.BatchLimits;
import dev.jmr.tensor.backend.Executable;
import dev.jmr.tensor.backend.KvLayout;
import dev.jmr.tensor.graph.Graph;
import java.util.Random;
import java.util.stream.IntStream;

/// Has a device and the processor compute the same, before anybody relies on the device: mistakes of drivers and compilers
/// show as wrong numbers, not as errors. What is checked is the model itself, hence each of its kernels with its constants.
final class DeviceCheck {
  /// Enough for products to be computed by tiles; one more token has them computed row by row.
  private static final int TOKENS = 12;

  /// Largest difference, as a part of the largest number that the processor gets. Keys and values may be float16, and devices
  /// take shortcuts in sines and exponentials.
  private static final float TOLERANCE = 0.02f;

  private final Graph graph;
  private final int[] tokens;
  private final float[] given;

  private DeviceCheck(Graph graph, int count) {
    Random random = new Random(1);
    this.graph = graph;
    this.tokens = random.ints(count + 1, 0, Math.max(1, graph.vocabularySize())).toArray();
    this.given = new float[(count + 1) * graph.givenWidth()];
    for (int i = 0; i < given.length; i++) {
      given[i] = random.nextFloat(-1, 1);
    }
  }

  /// Compares the first steps of both. What they leave in the cache is overwritten before it is read.
  ///
  /// @throws TensorException if they differ
  static void check(Executable device, Graph graph, KvLayout kv, BatchLimits limits) {
    int room = Math.min(graph.positionCount(), kv.pageCount() * KvLayout.PAGE_TOKENS) - 1;
    int count = Math.min(Math.min(TOKENS, limits.tokens()), room);
    if (count < 1 || limits.outputs() < 1) {
      return;
    }
    DeviceCheck check = new DeviceCheck(graph, count);
    try (Backend host = host();
        Executable executable =
            host.compile(graph, new KvLayout(kv.type(), 1), new BatchLimits(count, 1))) {
      check.compare(device, executable, 0, count);
      check.compare(device, executable, count, 1);
    }
  }

  /// The backend that models run on where there is no device.
  private static Backend host() {
    return Backends.best(
            Backends.candidates().stream()
                .filter(candidate -> !candidate.provider().onDevices())
                .toList())
        .open(BackendOptions.automatic());
  }

  private void compare(Executable device, Executable host, int from, int length) {
    float[] expected = run(host, from, length);
    float[] actual = run(device, from, length);
    float largest = 0;
    float difference = 0;
    for (int i = 0; i < expected.length; i++) {
      largest = Math.max(largest, Math.abs(expected[i]));
      difference = Math.max(difference, Math.abs(expected[i] - actual[i]));
    }
    if (!(difference <= TOLERANCE * largest)) {
      throw new TensorException(
          "the device computes wrong numbers: expected them within %.3f of the processor's for %d tokens, got a difference of %.3f; use --backend cpu, and report it with the device's driver"
              .formatted(TOLERANCE * largest, length, difference));
    }
  }

  private float[] run(Executable executable, int from, int length) {
    float[] result = new float[graph.result().width()];
    executable.run(
        new Batch(
            IntStream.range(from, from + length).map(i -> tokens[i]).toArray(),
            IntStream.range(from, from + length).toArray(),
            new int[length],
            new int[][] {{0}},
            new int[] {length - 1},
            part(from, length)),
        result);
    return result;
  }

  private float[] part(int from, int length) {
    float[] part = new float[length * graph.givenWidth()];
    System.arraycopy(given, from * graph.givenWidth(), part, 0, part.length);
    return part;
  }
}
