package dev.jmr.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.jmr.tensor.backend.BackendProvider;
import dev.jmr.tensor.backend.Backends;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Sequences that are longer than sliding windows, than the context before rope was scaled, and than a part of a context:
/// however a backend is fed, it says what the reference says of the whole text at once.
class LongSequenceTest {
  private static final int TOKENS = 600;
  private static final int CONTEXT = 640;
  private static final float LOGIT_TOLERANCE = 2e-3f;

  static Stream<Arguments> backendsAndModels() {
    return TestModels.backends().stream()
        .flatMap(backend ->
            Stream.of(
                    "tiny-gemma2", "tiny-gemma3", "tiny-gpt-oss", "tiny-phi3-long", "tiny-smollm3")
                .map(model -> Arguments.of(backend.name(), model, backend)));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("backendsAndModels")
  void saysTheSameInChunksAndTokenByToken(String backend, String name, BackendProvider provider) {
    try (var model = Model.open(TestModels.path(name))) {
      int vocabulary = model.tokenizer().vocabularySize();
      int[] tokens = new Random(name.hashCode()).ints(TOKENS, 0, vocabulary).toArray();
      float[] expected = atOnce(model, tokens);
      try (var sequence = new SingleSequence(provider, model, CONTEXT)) {
        int half = TOKENS / 2;
        sequence.feed(Arrays.copyOf(tokens, half), 77);
        float[] logits = sequence.feed(Arrays.copyOfRange(tokens, half, TOKENS), 1);
        assertThat(logits).containsExactly(expected, within(LOGIT_TOLERANCE));
      }
    }
  }

  private static float[] atOnce(Model model, int... tokens) {
    BackendProvider reference = Backends.named(Backends.candidates(), "reference");
    try (var sequence = new SingleSequence(reference, model, CONTEXT)) {
      return sequence.feed(tokens);
    }
  }
}
