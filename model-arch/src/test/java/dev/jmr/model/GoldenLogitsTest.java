package dev.jmr.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.jmr.tensor.backend.BackendProvider;
import dev.jmr.tensor.graph.Activation;
import dev.jmr.tensor.graph.Glu;
import dev.jmr.tensor.graph.Op;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Every test model on every backend that is available here, against llama.cpp.
class GoldenLogitsTest {
  /// Largest difference of a logit from that of llama.cpp with float32 weights.
  private static final float LOGIT_TOLERANCE = 2e-3f;

  /// The same where llama.cpp looks GELU up in a table of half precision; with that table imitated, it is 6e-4.
  private static final float GELU_TOLERANCE = 8e-3f;

  static Stream<Arguments> backendsAndModels() {
    return TestModels.backends().stream()
        .flatMap(backend ->
            TestModels.generators().stream()
                .map(model -> Arguments.of(backend.name(), model, backend)));
  }

  @Test
  void findsTheReferenceBackendAndTheModels() {
    assertThat(TestModels.backends()).extracting(BackendProvider::name).contains("reference");
    assertThat(TestModels.generators()).hasSizeGreaterThan(30);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("backendsAndModels")
  void agreesWithThePromptAtOnce(String backend, String model, BackendProvider provider) {
    GoldenResults golden = TestModels.golden(model);
    check(model, provider, golden, golden.promptIds().length);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("backendsAndModels")
  void agreesWithThePromptInTwoChunks(String backend, String model, BackendProvider provider) {
    GoldenResults golden = TestModels.golden(model);
    check(model, provider, golden, golden.promptIds().length / 2 + 2);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("backendsAndModels")
  void agreesWithThePromptTokenByToken(String backend, String model, BackendProvider provider) {
    check(model, provider, TestModels.golden(model), 1);
  }

  private static void check(
      String name, BackendProvider provider, GoldenResults golden, int chunk) {
    try (var model = Model.open(TestModels.path(name));
        var sequence = new SingleSequence(provider, model)) {
      float[] logits = sequence.feed(golden.promptIds(), chunk);
      float tolerance = tolerance(model);
      assertThat(logits).containsExactly(golden.logits(), within(tolerance));
      for (int i = 0; i < golden.greedyIds().length; i++) {
        if (golden.greedyMargins()[i] <= 2 * tolerance) {
          return;
        }
        int token = SingleSequence.argmax(logits);
        assertThat(token).as("greedy token %d", i).isEqualTo(golden.greedyIds()[i]);
        logits = sequence.feed(token);
      }
    }
  }

  /// How far logits of a model may be from llama.cpp's.
  static float tolerance(Model model) {
    return usesGelu(model) ? GELU_TOLERANCE : LOGIT_TOLERANCE;
  }

  private static boolean usesGelu(Model model) {
    return model.graph(1).ops().stream()
        .anyMatch(op ->
            switch (op) {
              case Op.Activate activate -> activate.activation() == Activation.GELU;
              case Op.GatedActivation gated -> gated.glu() == Glu.GEGLU;
              default -> false;
            });
  }
}
