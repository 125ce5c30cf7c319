package dev.jmr.kernels.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.jmr.tensor.Shape;
import dev.jmr.tensor.Tensor;
import dev.jmr.tensor.TensorType;
import dev.jmr.tensor.backend.Backend;
import dev.jmr.tensor.backend.BackendOptions;
import dev.jmr.tensor.backend.Backends;
import dev.jmr.tensor.backend.Batch;
import dev.jmr.tensor.backend.BatchLimits;
import dev.jmr.tensor.backend.Executable;
import dev.jmr.tensor.backend.KvLayout;
import dev.jmr.tensor.graph.Graph;
import dev.jmr.tensor.graph.GraphBuilder;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Weights whose rows are so long that they are copied slice by slice, mapped from a file as a model's are.
class LongRowsTest {
  private static final int VOCABULARY = 17;
  private static final int ROWS = 75;

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "Q4_K, 5376",
    "Q4_K, 10496",
    "Q6_K, 8192",
    "Q8_0, 8192",
    "Q4_0, 5408",
    "F16, 9024",
    "F32, 5121",
    "Q5_K, 8192",
    "Q3_K, 5888",
    "Q2_K, 8192",
    "IQ4_XS, 8192",
    "IQ3_S, 8192"
  })
  void agreeWithTheReferenceWhateverTheBatch(TensorType type, int columns) throws IOException {
    agree(type, columns, 1, 3, 40, 1, 8, 8, 1, 40, 1);
  }

  @ParameterizedTest
  @CsvSource({
    "Q4_K, 512",
    "Q4_K, 4096",
    "Q4_K, 8192",
    "Q6_K, 256",
    "Q6_K, 2816",
    "Q8_0, 96",
    "Q8_0, 8192",
    "F16, 100",
    "F32, 3000"
  })
  void anyNumberOfTokensAgreesWithTheReference(TensorType type, int columns) throws IOException {
    agree(type, columns, 1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 13);
  }

  private void agree(TensorType type, int columns, int... steps) throws IOException {
    try (Arena arena = Arena.ofShared();
        Backend reference = Backends.named(Backends.candidates(), "reference").open(options());
        Backend cpu = new CpuBackendProvider().open(options())) {
      Graph graph = graph(arena, type, columns, new Random(columns));
      BatchLimits limits = new BatchLimits(40, 40);
      KvLayout kv = new KvLayout(TensorType.F32, 2);
      try (Executable expected = reference.compile(graph, kv, limits);
          Executable actual = cpu.compile(graph, kv, limits)) {
        for (int tokens : steps) {
          float[] want = run(expected, tokens);
          float[] got = run(actual, tokens);
          float size = 0;
          for (float value : want) {
            size = Math.max(size, Math.abs(value));
          }
          assertThat(got).containsExactly(want, within(2e-5f * size));
        }
      }
    }
  }

  private static BackendOptions options() {
    return new BackendOptions(3);
  }

  private static float[] run(Executable executable, int tokens) {
    int[] all = IntStream.range(0, tokens).toArray();
    int[] ids = IntStream.of(all).map(i -> i * 7 % VOCABULARY).toArray();
    float[] result = new float[tokens * ROWS];
    executable.run(new Batch(ids, all, new int[tokens], new int[][] {{0, 1}}, all), result);
    return result;
  }

  private Graph graph(Arena arena, TensorType type, int columns, Random random) throws IOException {
    var g = new GraphBuilder();
    var x = g.embed(mapped(RandomWeights.of(arena, TensorType.F32, VOCABULARY, 32, random), arena));
    x = g.linear(x, mapped(RandomWeights.of(arena, TensorType.F32, columns, 32, random), arena));
    x = g.linear(x, mapped(RandomWeights.of(arena, type, ROWS, columns, random), arena));
    return g.build(g.selectOutputs(x));
  }

  /// The same tensor in a mapped file.
  private Tensor mapped(Tensor tensor, Arena arena) throws IOException {
    Path file = Files.createTempFile(folder, "weight", ".bin");
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(tensor.data().asByteBuffer());
    }
    try (FileChannel channel = FileChannel.open(file)) {
      MemorySegment data = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
      return new Tensor(tensor.name(), tensor.type(), Shape.of(shape(tensor)), data);
    }
  }

  private static long[] shape(Tensor tensor) {
    return new long[] {tensor.shape().rows(), tensor.shape().columns()};
  }
}
