package dev.jmr.kernels.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.jmr.tensor.TensorType;
import dev.jmr.tensor.backend.Backend;
import dev.jmr.tensor.backend.BackendOptions;
import dev.jmr.tensor.backend.BackendProvider;
import dev.jmr.tensor.backend.Backends;
import dev.jmr.tensor.backend.Batch;
import dev.jmr.tensor.backend.BatchLimits;
import dev.jmr.tensor.backend.Executable;
import dev.jmr.tensor.backend.KvLayout;
import dev.jmr.tensor.graph.AttentionMask;
import dev.jmr.tensor.graph.Graph;
import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Attention over contexts of several parts.
class LongContextTest {
  private static final int TOKENS = 1200;
  private static final int CHUNK = 96;
  private static final float TOLERANCE = 1e-3f;
  private static final BatchLimits LIMITS = new BatchLimits(CHUNK, 1);

  /// Pages in descending order.
  private static final int[][] PAGES = {new int[KvLayout.pagesFor(TOKENS + 8)]};

  static {
    Arrays.setAll(PAGES[0], i -> PAGES[0].length - 1 - i);
  }

  private static final int[] IDS =
      new Random(3).ints(TOKENS + 8, 0, TestGraph.VOCABULARY).toArray();

  @ParameterizedTest
  @CsvSource({"16, 700", "64, 5000", "40, 20"})
  void agreesWithTheReferenceInPromptsAndAfterThem(int headSize, int window) {
    try (Arena arena = Arena.ofShared();
        Backend cpu = new CpuBackendProvider().open(new BackendOptions(3));
        Backend reference = reference().open(BackendOptions.automatic())) {
      Graph graph = new TestGraph(arena, new Random(headSize)).build(headSize, window);
      float[] expected = logits(reference, graph, CHUNK);
      assertThat(logits(cpu, graph, CHUNK)).containsExactly(expected, within(TOLERANCE));
    }
  }

  /// A long text at once, of which some windows end in another part than that in which they begin, and few tokens
  /// behind it, whose parts are attended to one by one.
  @ParameterizedTest
  @ValueSource(ints = {40, 700, 1100})
  void agreesWithTheReferenceWhereWindowsLookAhead(int window) {
    try (Arena arena = Arena.ofShared();
        Backend cpu = new CpuBackendProvider().open(new BackendOptions(3));
        Backend reference = reference().open(BackendOptions.automatic())) {
      AttentionMask mask = new AttentionMask.Symmetric(window);
      Graph graph = new TestGraph(arena, new Random(window), mask).build(16, 700);
      assertThat(atOnce(cpu, graph)).containsExactly(atOnce(reference, graph), within(TOLERANCE));
    }
  }

  /// Logits of some of a prompt's tokens, and of the first of three tokens after it.
  private static float[] atOnce(Backend backend, Graph graph) {
    KvLayout kv = new KvLayout(TensorType.F32, PAGES[0].length);
    int width = TestGraph.VOCABULARY;
    float[] all = new float[5 * width];
    try (Executable executable = backend.compile(graph, kv, new BatchLimits(TOKENS, 4))) {
      float[] rows = new float[4 * width];
      executable.run(batch(0, TOKENS, 0, 400, 530, TOKENS - 1), rows);
      System.arraycopy(rows, 0, all, 0, rows.length);
      executable.run(batch(TOKENS, 3, 0), rows);
      System.arraycopy(rows, 0, all, 4 * width, width);
    }
    return all;
  }

  @Test
  void givesTheSameWhateverTheThreadsAndTheChunks() {
    try (Arena arena = Arena.ofShared();
        Backend one = new CpuBackendProvider().open(new BackendOptions(1));
        Backend three = new CpuBackendProvider().open(new BackendOptions(3))) {
      Graph graph = new TestGraph(arena, new Random(1)).build(32, 700);
      // The last bits may change: sums of lanes are in no fixed order before their loop is
      // compiled, and experts with few tokens are computed in another form.
      float[] expected = logits(one, graph, CHUNK);
      assertThat(logits(three, graph, CHUNK)).containsExactly(expected, within(1e-4f));
      assertThat(logits(three, graph, CHUNK / 2)).containsExactly(expected, within(1e-4f));
    }
  }

  /// Logits of the prompt's last token, of a token after it, and of the last of three tokens at once.
  private static float[] logits(Backend backend, Graph graph, int chunk) {
    KvLayout kv = new KvLayout(TensorType.F32, PAGES[0].length);
    float[] all = new float[3 * TestGraph.VOCABULARY];
    try (Executable executable = backend.compile(graph, kv, LIMITS)) {
      float[] row = new float[TestGraph.VOCABULARY];
      for (int from = 0; from < TOKENS; from += chunk) {
        executable.run(batch(from, Math.min(chunk, TOKENS - from)), row);
      }
      System.arraycopy(row, 0, all, 0, row.length);
      executable.run(batch(TOKENS, 1), row);
      System.arraycopy(row, 0, all, row.length, row.length);
      executable.run(batch(TOKENS + 1, 3), row);
      System.arraycopy(row, 0, all, 2 * row.length, row.length);
    }
    return all;
  }

  private static Batch batch(int from, int count) {
    return batch(from, count, count - 1);
  }

  private static Batch batch(int from, int count, int... outputs) {
    int[] positions = new int[count];
    Arrays.setAll(positions, i -> from + i);
    int[] tokens = Arrays.copyOfRange(IDS, from, from + count);
    return new Batch(tokens, positions, new int[count], PAGES, outputs);
  }

  private static BackendProvider reference() {
    return Backends.named(Backends.candidates(), "reference");
  }
}
