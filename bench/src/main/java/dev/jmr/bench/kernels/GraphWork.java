package dev.jmr.bench.kernels;

import static dev.jmr.tensor.backend.KvLayout.PAGE_TOKENS;

import dev.jmr.tensor.TensorType;
import dev.jmr.tensor.backend.Backend;
import dev.jmr.tensor.backend.BackendOptions;
import dev.jmr.tensor.backend.Backends;
import dev.jmr.tensor.backend.Batch;
import dev.jmr.tensor.backend.BatchLimits;
import dev.jmr.tensor.backend.Executable;
import dev.jmr.tensor.backend.KvLayout;
import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.stream.IntStream;

/// An operation on the CPU backend, many times in one graph so that what a step costs besides counts for little. One
/// call is one of the operations. Owns the backend and the weights.
///
/// Keys and values of the positions before the first token are written page by page, each as the beginning of a
/// sequence of its own, which costs next to no attention; then all pages together are the sequence that is measured.
final class GraphWork implements KernelWork {

  private final KernelCase kernelCase;
  private final OperationGraph operation;
  private final Arena arena = Arena.ofShared();
  private final Backend backend;
  private final Executable executable;
  private final int[] pages;
  private final Batch batch;
  private final float[] result;

  GraphWork(KernelCase kernelCase, KernelShape.Block shape, int threads) {
    this(kernelCase, shape, open("cpu", threads));
  }

  /// @param backend what is measured; closed with this object
  GraphWork(KernelCase kernelCase, KernelShape.Block shape, Backend backend) {
    this.backend = backend;
    this.kernelCase = kernelCase;
    operation = new OperationGraph(kernelCase, shape, arena);
    pages = new int[KvLayout.pagesFor(kernelCase.depth() + kernelCase.tokens())];
    Arrays.setAll(pages, i -> i);
    executable = compile(backend, operation.count());
    batch = batch(kernelCase.depth(), kernelCase.tokens());
    result = new float[batch.outputCount() * operation.width()];
    fillPages(executable);
  }

  static Backend open(String name, int threads) {
    return Backends.named(Backends.candidates(), name).open(new BackendOptions(threads));
  }

  private Executable compile(Backend on, int operations) {
    TensorType kvType = kernelCase.family().attends() ? kernelCase.type() : TensorType.F16;
    int tokens = Math.max(PAGE_TOKENS, kernelCase.tokens());
    return on.compile(
        operation.graph(operations),
        new KvLayout(kvType, pages.length),
        new BatchLimits(tokens, tokens));
  }

  private static int token(int position) {
    return (position * 31 + 7) % OperationGraph.VOCABULARY;
  }

  /// Consecutive tokens of the sequence that all pages make. All are put out: an operation on single rows would otherwise
  /// be done to none but these.
  private Batch batch(int from, int count) {
    int[] tokens = new int[count];
    int[] positions = new int[count];
    for (int t = 0; t < count; t++) {
      positions[t] = from + t;
      tokens[t] = token(from + t);
    }
    int[] outputs = IntStream.range(0, count).toArray();
    return new Batch(tokens, positions, new int[count], new int[][] {pages}, outputs);
  }

  private void fillPages(Executable on) {
    if (!kernelCase.family().attends()) {
      return;
    }
    float[] ignored = new float[operation.width()];
    for (int page = 0; page < pages.length; page++) {
      int[] tokens = new int[PAGE_TOKENS];
      int[] positions = new int[PAGE_TOKENS];
      for (int t = 0; t < PAGE_TOKENS; t++) {
        positions[t] = t;
        tokens[t] = token(page * PAGE_TOKENS + t);
      }
      int[][] table = {{page}};
      on.run(new Batch(tokens, positions, new int[PAGE_TOKENS], table, new int[1]), ignored);
    }
  }

  @Override
  public void run(int times) {
    for (int i = 0; i < times; i++) {
      executable.run(batch, result);
    }
  }

  @Override
  public void check() {
    run(1);
    try (Backend reference = open("reference", 1);
        Executable expected = compile(reference, 1)) {
      fillPages(expected);
      float[] row = new float[operation.width()];
      int last = batch.outputCount() - 1;
      for (int t : IntStream.of(0, last / 2, last).distinct().toArray()) {
        expected.run(batch(kernelCase.depth() + t, 1), row);
        requireRow(t, row);
      }
    }
  }

  private void requireRow(int index, float[] expected) {
    double largest = 0;
    for (float value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    for (int k = 0; k < expected.length; k++) {
      Agreement.require(
          "%s token %d element %d".formatted(kernelCase, index, k),
          result[index * expected.length + k],
          expected[k],
          Agreement.RESULTS * largest);
    }
  }

  @Override
  public int callsPerRun() {
    return operation.count();
  }

  @Override
  public long bytesPerCall() {
    return operation.bytes();
  }

  @Override
  public long flopsPerCall() {
    return operation.flops();
  }

  @Override
  public void close() {
    executable.close();
    backend.close();
    arena.close();
  }
}
