package dev.jmr.kernels.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.jmr.kernels.cpu.vector.Lanes;
import dev.jmr.tensor.TensorException;
import dev.jmr.tensor.TensorType;
import dev.jmr.tensor.backend.Availability;
import dev.jmr.tensor.backend.Backend;
import dev.jmr.tensor.backend.BackendOptions;
import dev.jmr.tensor.backend.BackendProvider;
import dev.jmr.tensor.backend.Backends;
import dev.jmr.tensor.backend.Batch;
import dev.jmr.tensor.backend.BatchLimits;
import dev.jmr.tensor.backend.Executable;
import dev.jmr.tensor.backend.KvLayout;
import dev.jmr.tensor.backend.OpProfile;
import dev.jmr.tensor.graph.AttentionMask;
import dev.jmr.tensor.graph.Graph;
import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Whole graphs against the reference backend.
class CpuBackendTest {
  private static final float TOLERANCE = 2e-4f;

  /// Two results that differ in the last bit may round to neighbouring halves in the cache.
  private static final float HALF_TOLERANCE = 4e-3f;

  /// Or to neighbouring codes, of which there are fewer.
  private static final float CODE_TOLERANCE = 5e-2f;

  private static final BatchLimits LIMITS = new BatchLimits(96, 4);

  /// Two sequences with pages in no order.
  private static final int[][] PAGES = {{7, 0, 3, 5}, {2, 6, 1, 4}};

  @ParameterizedTest
  @CsvSource({
    "16, 5, F32",
    "24, 1, F32",
    "64, 40, F32",
    "64, 40, F16",
    "13, 3, F16",
    "64, 40, Q8_0",
    "24, 40, Q8_0"
  })
  void agreesWithTheReferenceOnManyBatches(int headSize, int window, TensorType kvType) {
    try (Arena arena = Arena.ofShared()) {
      Random random = new Random(headSize);
      Graph graph = new TestGraph(arena, random).build(headSize / 2 * 2, window);
      KvLayout kv = new KvLayout(kvType, 8);
      float tolerance =
          switch (kvType) {
            case F16 -> HALF_TOLERANCE;
            case Q8_0 -> CODE_TOLERANCE;
            default -> TOLERANCE;
          };
      try (Backend reference = reference().open(BackendOptions.automatic());
          Backend cpu = new CpuBackendProvider().open(new BackendOptions(3));
          Executable expected = reference.compile(graph, kv, LIMITS);
          Executable actual = cpu.compile(graph, kv, LIMITS)) {
        for (Batch batch : batches(random)) {
          float[] want = new float[batch.outputCount() * TestGraph.VOCABULARY];
          float[] got = new float[want.length];
          expected.run(batch, want);
          actual.run(batch, got);
          assertThat(got).containsExactly(want, within(tolerance));
        }
      }
    }
  }

  static Stream<AttentionMask> masksThatLookAhead() {
    return Stream.of(
        AttentionMask.FULL,
        new AttentionMask.Symmetric(1),
        new AttentionMask.Symmetric(10),
        new AttentionMask.Symmetric(63));
  }

  @ParameterizedTest
  @MethodSource("masksThatLookAhead")
  void tokensSeeWhatFollowsThem(AttentionMask mask) {
    try (Arena arena = Arena.ofShared()) {
      Random random = new Random(3);
      Graph graph = new TestGraph(arena, random, mask).build(24, 9);
      KvLayout kv = new KvLayout(TensorType.F32, 8);
      try (Backend reference = reference().open(BackendOptions.automatic());
          Backend cpu = new CpuBackendProvider().open(new BackendOptions(3));
          Executable expected = reference.compile(graph, kv, LIMITS);
          Executable actual = cpu.compile(graph, kv, LIMITS)) {
        for (int[] counts : new int[][] {{3, 4}, {40, 23}, {1, 2}}) {
          Batch batch = batch(random, counts, new int[2], 0, counts[0], counts[0] + 1);
          float[] want = new float[3 * TestGraph.VOCABULARY];
          float[] got = new float[want.length];
          expected.run(batch, want);
          actual.run(batch, got);
          assertThat(got).containsExactly(want, within(TOLERANCE));
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"dot-tokens, 1", "dot-tokens, 40", "panel-rows, 960", "chunk-bytes, 4096"})
  void settingsChangeTheLastBitsAtMost(String name, int value) {
    BackendOptions options = new BackendOptions(2, false, Map.of(name, value));
    try (Arena arena = Arena.ofShared()) {
      Random random = new Random(7);
      Graph graph = new TestGraph(arena, random).build(64, 40);
      KvLayout kv = new KvLayout(TensorType.F32, 8);
      try (Backend standard = new CpuBackendProvider().open(new BackendOptions(2));
          Backend tuned = new CpuBackendProvider().open(options);
          Executable expected = standard.compile(graph, kv, LIMITS);
          Executable actual = tuned.compile(graph, kv, LIMITS)) {
        for (Batch batch : batches(random)) {
          float[] want = new float[batch.outputCount() * TestGraph.VOCABULARY];
          float[] got = new float[want.length];
          expected.run(batch, want);
          actual.run(batch, got);
          assertThat(got).containsExactly(want, within(TOLERANCE));
        }
      }
    }
  }

  @Test
  void refusesSettingsThatItDoesNotHave() {
    BackendOptions options = new BackendOptions(1, false, Map.of("colour", 1));
    assertThatThrownBy(() -> new CpuBackendProvider().open(options))
        .isInstanceOf(TensorException.class)
        .hasMessageStartingWith(
            "setting 'colour' is not one of this backend; it has: copy-weights");
  }

  /// A long prompt, single tokens, both sequences together, a batch without outputs, and prompt beside decode.
  private static List<Batch> batches(Random random) {
    return List.of(
        batch(random, new int[] {37}, new int[] {0}, 36),
        batch(random, new int[] {1}, new int[] {37}, 0),
        batch(random, new int[] {1, 3}, new int[] {38, 0}, 0, 3),
        batch(random, new int[] {0, 33}, new int[] {39, 3}),
        batch(random, new int[] {50, 1}, new int[] {39, 36}, 0, 17, 49, 50),
        batch(random, new int[] {1, 1}, new int[] {89, 37}, 0, 1));
  }

  /// `counts[s]` tokens of each sequence from `starts[s]` on.
  private static Batch batch(Random random, int[] counts, int[] starts, int... outputs) {
    int total = Arrays.stream(counts).sum();
    int[] tokens = new int[total];
    int[] positions = new int[total];
    int[] sequences = new int[total];
    int t = 0;
    for (int s = 0; s < counts.length; s++) {
      for (int i = 0; i < counts[s]; i++) {
        tokens[t] = random.nextInt(TestGraph.VOCABULARY);
        positions[t] = starts[s] + i;
        sequences[t++] = s;
      }
    }
    return new Batch(tokens, positions, sequences, PAGES, outputs);
  }

  @Test
  void refusesABatchThatNamesWhatIsNotThere() {
    try (Arena arena = Arena.ofShared();
        Backend cpu = new CpuBackendProvider().open(new BackendOptions(1));
        Executable executable =
            cpu.compile(
                new TestGraph(arena, new Random(1)).build(16, 4),
                new KvLayout(TensorType.F16, 8),
                LIMITS)) {
      float[] logits = new float[TestGraph.VOCABULARY];
      Batch badToken = new Batch(new int[] {61}, new int[1], new int[1], PAGES, new int[1]);
      assertThatThrownBy(() -> executable.run(badToken, logits))
          .isInstanceOf(TensorException.class)
          .hasMessage("batch entry 0: expected token id in 0..60, got 61");
      Batch good = new Batch(new int[] {60}, new int[1], new int[1], PAGES, new int[1]);
      assertThatThrownBy(() -> executable.run(good, new float[3]))
          .hasMessage("logits: expected room for 61 floats, got 3");
    }
  }

  @Test
  void allocatesNothingPerDecodedTokenThatMatters() {
    try (Arena arena = Arena.ofShared();
        Backend cpu = new CpuBackendProvider().open(new BackendOptions(1));
        Executable executable =
            cpu.compile(
                new TestGraph(arena, new Random(1)).build(64, 4),
                new KvLayout(TensorType.F16, 8),
                LIMITS)) {
      var threads =
          (com.sun.management.ThreadMXBean)
              java.lang.management.ManagementFactory.getThreadMXBean();
      float[] logits = new float[TestGraph.VOCABULARY];
      Batch batch = new Batch(new int[] {6}, new int[] {5}, new int[1], PAGES, new int[1]);
      long allocated = Long.MAX_VALUE;
      for (int round = 0; round < 60 && allocated > MAX_BYTES_PER_STEP; round++) {
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 500; i++) {
          executable.run(batch, logits);
        }
        allocated = (threads.getCurrentThreadAllocatedBytes() - before) / 500;
      }
      assertThat(allocated).isLessThanOrEqualTo(MAX_BYTES_PER_STEP);
    }
  }

  /// What compiled kernels may leave per step, in bytes: some for the odd ends of rows. Interpreted ones box every vector.
  private static final long MAX_BYTES_PER_STEP = 1024;

  @Test
  void tellsWhatItRunsOn() {
    assertThat(new CpuBackendProvider().probe())
        .isEqualTo(new Availability.Available(Lanes.BITS + "-bit vectors"));
  }

  @Test
  void estimatesWhatItWillTake() {
    try (Arena arena = Arena.ofShared();
        Backend cpu = new CpuBackendProvider().open(new BackendOptions(2))) {
      Graph graph = new TestGraph(arena, new Random(1)).build(16, 4);
      var small = cpu.estimate(graph, new KvLayout(TensorType.F16, 8), new BatchLimits(8, 1));
      var large = cpu.estimate(graph, new KvLayout(TensorType.F32, 16), new BatchLimits(64, 1));
      int width = 3 * 2 * (16 + 16) + 2 * (16 + 11) + 64;
      assertThat(small.kvBytes()).isEqualTo(width * 32L * 2 * 8);
      assertThat(large.kvBytes()).isEqualTo(4 * small.kvBytes());
      assertThat(large.workspaceBytes()).isGreaterThan(small.workspaceBytes());
      assertThat(large.weightBytes()).isEqualTo(small.weightBytes()).isPositive();
    }
  }

  /// Both backends time the same work: every operation in each pass, nothing twice, and every weight once.
  @Test
  void profilesTheSameOperationsAsTheReference() {
    try (Arena arena = Arena.ofShared();
        Backend reference = reference().open(new BackendOptions(1, true));
        Backend cpu = new CpuBackendProvider().open(new BackendOptions(2, true))) {
      Graph graph = new TestGraph(arena, new Random(1)).build(16, 4);
      KvLayout kv = new KvLayout(TensorType.F16, 8);
      try (Executable expected = reference.compile(graph, kv, LIMITS);
          Executable actual = cpu.compile(graph, kv, LIMITS)) {
        for (Batch batch : batches(new Random(1))) {
          float[] logits = new float[batch.outputCount() * TestGraph.VOCABULARY];
          expected.run(batch, logits);
          long start = System.nanoTime();
          OpProfile before = actual.profile();
          actual.run(batch, logits);
          OpProfile spent = actual.profile().minus(before);
          assertThat(spent.nanos()).isPositive().isLessThanOrEqualTo(System.nanoTime() - start);
        }
        assertThat(weightBytes(actual.profile())).isEqualTo(weightBytes(expected.profile()));
        assertThat(kinds(actual.profile())).isEqualTo(kinds(expected.profile()));
        assertThat(actual.profile().entries())
            .extracting(OpProfile.Entry::kind)
            .contains("linear", "linear/pack", "attention/attend", "mixtureOfExperts/expertDown");
      }
    }
  }

  @Test
  void profilesNothingUnlessAsked() {
    try (Arena arena = Arena.ofShared();
        Backend cpu = new CpuBackendProvider().open(new BackendOptions(1));
        Executable executable =
            cpu.compile(
                new TestGraph(arena, new Random(1)).build(16, 4),
                new KvLayout(TensorType.F16, 8),
                LIMITS)) {
      assertThat(executable.profile()).isEqualTo(OpProfile.EMPTY);
    }
  }

  private static long weightBytes(OpProfile profile) {
    return profile.entries().stream().mapToLong(OpProfile.Entry::weightBytes).sum();
  }

  /// The kinds of operation without their steps.
  private static Set<String> kinds(OpProfile profile) {
    return profile.entries().stream()
        .map(entry -> entry.kind().replaceFirst("/.*", ""))
        .collect(Collectors.toSet());
  }

  private static BackendProvider reference() {
    return Backends.named(Backends.candidates(), "reference");
  }
}
