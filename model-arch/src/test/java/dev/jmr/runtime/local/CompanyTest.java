package dev.jmr.runtime.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.jmr.model.TestModels;
import dev.jmr.model.sample.SamplingParameters;
import dev.jmr.runtime.Engine;
import dev.jmr.runtime.EngineOptions;
import dev.jmr.runtime.Generation;
import dev.jmr.runtime.GenerationEvent;
import dev.jmr.runtime.GenerationRequest;
import dev.jmr.runtime.ModelArtifact;
import dev.jmr.runtime.Prompt;
import dev.jmr.runtime.TokenLogprob;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/// What a request is answered does not depend on who else is answered, nor on what was before.
class CompanyTest {
  private static final int ANSWER = 24;

  /// The forms for few tokens and for many add up in different orders.
  private static final float TOLERANCE = 2e-3f;

  /// Windows, chunks, sinks, experts, one cache for many layers, convolutions, latent attention, quantized weights.
  private static final List<String> MODELS =
      List.of(
          "tiny-llama3-bpe",
          "tiny-gemma3",
          "tiny-gemma3n",
          "tiny-gpt-oss",
          "tiny-llama4",
          "tiny-lfm2",
          "tiny-deepseek2",
          "tiny-qwen3moe",
          "tinyq-llama-Q4_K_M");

  static Stream<Arguments> backendsAndModels() {
    return TestModels.backends().stream()
        .flatMap(backend -> MODELS.stream().map(model -> Arguments.of(backend.name(), model)));
  }

  private static EngineOptions options(String backend) {
    return EngineOptions.defaults().withBackend(backend).withContextLength(128).withThreads(2);
  }

  private static Engine load(String model, EngineOptions options) {
    return new LocalEngineProvider().load(new ModelArtifact(TestModels.path(model)), options);
  }

  private static GenerationRequest request(int... prompt) {
    return new GenerationRequest(
            new Prompt.Tokens(prompt), SamplingParameters.defaults().withTemperature(0), ANSWER)
        .withLogprobs(0);
  }

  /// Of the tokens of an answer, with their ids before them.
  private record Tokens(List<Integer> ids, float[] logprobs, int cached) {
    static Tokens of(Generation generation) throws InterruptedException {
      List<TokenLogprob> tokens = new ArrayList<>();
      try (generation) {
        while (true) {
          switch (generation.next()) {
            case GenerationEvent.TextDelta delta ->
                delta.tokens().forEach(token -> tokens.add(token.chosen()));
            case GenerationEvent.Finished finished -> {
              float[] logprobs = new float[tokens.size()];
              for (int i = 0; i < logprobs.length; i++) {
                logprobs[i] = tokens.get(i).logprob();
              }
              return new Tokens(
                  tokens.stream().map(TokenLogprob::token).toList(),
                  logprobs,
                  finished.usage().cachedTokens());
            }
            default -> {
              // Only what is said counts here.
            }
          }
        }
      }
    }
  }

  /// A short and a long prompt.
  private static int[][] prompts(String model) {
    int[] golden = TestModels.golden(model).promptIds();
    int[] other = new int[70];
    Arrays.setAll(other, i -> golden[(i * 7 + 3) % golden.length]);
    return new int[][] {golden, other};
  }

  private static void holds(String model, EngineOptions options, float tolerance)
      throws InterruptedException {
    int[][] prompts = prompts(model);
    List<Tokens> alone = new ArrayList<>();
    try (Engine engine = load(model, options)) {
      for (int[] prompt : prompts) {
        alone.add(Tokens.of(engine.submit(request(prompt))));
      }
      Tokens again = Tokens.of(engine.submit(request(prompts[1])));
      assertThat(again.cached()).isEqualTo(64);
      same(again, alone.get(1), tolerance);
    }
    try (Engine engine = load(model, options.withMaxSequences(5).withPromptChunk(40))) {
      List<Generation> together = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        together.add(engine.submit(request(prompts[i % 2])));
      }
      for (int i = 0; i < 8; i++) {
        same(Tokens.of(together.get(i)), alone.get(i % 2), tolerance);
      }
    }
  }

  private static void same(Tokens tokens, Tokens expected, float tolerance) {
    assertThat(tokens.ids()).isEqualTo(expected.ids());
    assertThat(tokens.logprobs()).containsExactly(expected.logprobs(), within(tolerance));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("backendsAndModels")
  void answersAreTheSameAloneInCompanyAndFromTheCache(String backend, String model)
      throws InterruptedException {
    holds(model, options(backend), backend.equals("reference") ? 0 : TOLERANCE);
  }

  @ParameterizedTest
  @FieldSource("MODELS")
  void everyBitIsTheSameWithOneFormForAllStepsOfTheCpu(String model) throws InterruptedException {
    EngineOptions options = options("cpu").withSettings(Map.of("dot-tokens", 0));
    holds(model, options, 0);
  }
}
