package dev.jmr.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.jmr.kernels.gpu.tornado.TornadoBackend;
import dev.jmr.tensor.TensorType;
import dev.jmr.tensor.backend.BackendOptions;
import dev.jmr.tensor.backend.Batch;
import dev.jmr.tensor.backend.BatchLimits;
import dev.jmr.tensor.backend.KvLayout;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every test model through the kernels of the GPU backend, against llama.cpp.
class DeviceLogitsTest {
  private static final BatchLimits LIMITS = new BatchLimits(32, 4);

  static List<String> generators() {
    return TestModels.generators();
  }

  /// In parts that take both kernels for products, that for few tokens and that for many.
  @ParameterizedTest
  @MethodSource("generators")
  void agreesWithLlamaCpp(String name) {
    GoldenResults golden = TestModels.golden(name);
    int[] prompt = golden.promptIds();
    try (var model = Model.open(TestModels.path(name));
        var sequence = new SingleSequence(new EmulatedDevice(), model)) {
      float[] logits = sequence.feed(prompt, prompt.length - 3);
      assertThat(logits)
          .containsExactly(golden.logits(), within(GoldenLogitsTest.tolerance(model)));
    }
  }

  /// One number comes back, and the numbers when they are asked for.
  @Test
  void tellsTheLikeliestTokens() {
    GoldenResults golden = TestModels.golden("tinyq-llama-Q4_K_M");
    try (var model = Model.open(TestModels.path("tinyq-llama-Q4_K_M"));
        var backend = TornadoBackend.unchecked("emulated");
        var executable =
            backend.compile(model.graph(64), new KvLayout(TensorType.F16, 2), LIMITS)) {
      int width = golden.logits().length;
      int[] tokens = {golden.promptIds()[0], golden.promptIds()[1], golden.promptIds()[2]};
      Batch batch = batch(tokens, 0, 2);
      float[] logits = new float[2 * width];
      executable.run(batch, logits);
      int[] likeliest = new int[2];
      assertThat(executable.runLikeliest(batch, width, likeliest)).isTrue();
      assertThat(likeliest)
          .containsExactly(largest(logits, 0, width), largest(logits, width, width));
      assertThat(executable.runLikeliest(batch, 10, likeliest)).isTrue();
      assertThat(likeliest).containsExactly(largest(logits, 0, 10), largest(logits, width, 10));
    }
  }

  private static Batch batch(int[] tokens, int... outputRows) {
    int[] positions = IntStream.range(0, tokens.length).toArray();
    return new Batch(tokens, positions, new int[tokens.length], new int[][] {{0}}, outputRows);
  }

  private static int largest(float[] logits, int from, int count) {
    return IntStream.range(0, count)
        .reduce(0, (a, b) -> logits[from + b] > logits[from + a] ? b : a);
  }

  /// As users have it: what is loaded was compared with the processor.
  @Test
  void passesTheCheckOfTheDevice() {
    GoldenResults golden = TestModels.golden("tinyq-llama-Q4_K_M");
    try (var model = Model.open(TestModels.path("tinyq-llama-Q4_K_M"));
        var backend = new TornadoBackend("emulated", 0, 0);
        var executable =
            backend.compile(model.graph(64), new KvLayout(TensorType.F16, 2), LIMITS)) {
      float[] logits = new float[golden.logits().length];
      int[] token = {golden.promptIds()[0]};
      executable.run(
          new Batch(token, new int[1], new int[1], new int[][] {{1}}, new int[1]), logits);
      assertThat(logits).doesNotContain(Float.NaN);
    }
  }

  /// Pages of float16 hold what those of float32 do, but for their last bits.
  @Test
  void keepsKeysAndValuesInFloat16() {
    GoldenResults golden = TestModels.golden("tiny-llama-spm");
    int[] prompt = golden.promptIds();
    float[] logits = new float[golden.logits().length];
    try (var model = Model.open(TestModels.path("tiny-llama-spm"));
        var backend = new EmulatedDevice().open(BackendOptions.automatic());
        var executable =
            backend.compile(
                model.graph(64),
                new KvLayout(TensorType.F16, 2),
                new BatchLimits(prompt.length, 1))) {
      int[] positions = IntStream.range(0, prompt.length).toArray();
      int[][] pages = {{1, 0}};
      int[] last = {prompt.length - 1};
      executable.run(new Batch(prompt, positions, new int[prompt.length], pages, last), logits);
    }
    assertThat(logits).containsExactly(golden.logits(), within(0.05f));
  }

  /// What is asked for before anything is allocated is what is allocated.
  @Test
  void tellsWhatItWillTakeOnTheDevice() {
    try (var model = Model.open(TestModels.path("tinyq-llama-Q3_K_S"));
        var backend = new EmulatedDevice().open(BackendOptions.automatic())) {
      var kv = new KvLayout(TensorType.F16, 4);
      long weights =
          model.graph(64).weights().stream().mapToLong(weight -> weight.byteSize()).sum();
      assertThat(backend.estimate(model.graph(64), kv, LIMITS).deviceBytes())
          .isBetween(weights, 4 * weights);
    }
  }
}
