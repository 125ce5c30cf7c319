package dev.jmr.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.jmr.tensor.TensorType;
import dev.jmr.tensor.backend.BackendOptions;
import dev.jmr.tensor.backend.BackendProvider;
import dev.jmr.tensor.backend.Batch;
import dev.jmr.tensor.backend.BatchLimits;
import dev.jmr.tensor.backend.KvLayout;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Sequences that share a batch do not see each other.
class MixedBatchTest {
  private static final float LOGIT_TOLERANCE = 1e-3f;

  /// Where the tokens of two sequences stand in one batch, by turns; the second starts with other tokens.
  private record Mix(int[] first, int[] second) {
    int length() {
      return first.length + second.length;
    }

    Batch batch() {
      int[] tokens = new int[length()];
      int[] positions = new int[length()];
      int[] sequences = new int[length()];
      for (int i = 0; i < length(); i++) {
        sequences[i] = i % 2;
        positions[i] = i / 2;
        tokens[i] = (i % 2 == 0 ? first : second)[i / 2];
      }
      int[][] pages = {{3, 1}, {0, 2}};
      return new Batch(tokens, positions, sequences, pages, new int[] {length() - 2, length() - 1});
    }
  }

  static Stream<Arguments> backendsAndModels() {
    return Stream.concat(
        TestModels.backends().stream()
            .flatMap(backend -> arguments(backend, TestModels.generators())),
        arguments(
            new EmulatedDevice(),
            List.of("tiny-gemma3", "tiny-gpt-oss", "tiny-qwen3moe", "tinyq-llama-Q4_K_M")));
  }

  private static Stream<Arguments> arguments(BackendProvider backend, List<String> models) {
    return models.stream().map(model -> Arguments.of(backend.name(), model, backend));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("backendsAndModels")
  void answersEachSequenceAsIfItWereAlone(String backend, String name, BackendProvider provider) {
    int[] prompt = TestModels.golden(name).promptIds();
    var mix = new Mix(prompt, reversed(prompt));
    try (var model = Model.open(TestModels.path(name))) {
      int width = model.hyperParameters().vocabularySize();
      float[] mixed = run(provider, model, mix);
      assertThat(Arrays.copyOf(mixed, width))
          .containsExactly(alone(provider, model, mix.first), within(LOGIT_TOLERANCE));
      assertThat(Arrays.copyOfRange(mixed, width, 2 * width))
          .containsExactly(alone(provider, model, mix.second), within(LOGIT_TOLERANCE));
    }
  }

  private static float[] run(BackendProvider provider, Model model, Mix mix) {
    float[] logits = new float[2 * model.hyperParameters().vocabularySize()];
    try (var backend = provider.open(BackendOptions.automatic());
        var executable =
            backend.compile(
                model.graph(64),
                new KvLayout(TensorType.F32, 4),
                new BatchLimits(mix.length(), 2))) {
      executable.run(mix.batch(), logits);
    }
    return logits;
  }

  private static float[] alone(BackendProvider provider, Model model, int... tokens) {
    try (var sequence = new SingleSequence(provider, model)) {
      return sequence.feed(tokens);
    }
  }

  private static int[] reversed(int... tokens) {
    int[] reversed = new int[tokens.length];
    for (int i = 0; i < tokens.length; i++) {
      reversed[i] = tokens[tokens.length - 1 - i];
    }
    return reversed;
  }
}
