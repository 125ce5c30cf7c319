package dev.jmr.runtime.local;

import dev.jmr.model.GoldenResults;
import dev.jmr.model.Model;
import dev.jmr.model.TestModels;
import dev.jmr.model.sample.SamplingParameters;
import dev.jmr.model.tokenizer.DecodeOptions;
import dev.jmr.model.tokenizer.StreamingDecoder;
import dev.jmr.runtime.Engine;
import dev.jmr.runtime.EngineOptions;
import dev.jmr.runtime.GenerationRequest;
import dev.jmr.runtime.ModelArtifact;
import dev.jmr.runtime.Prompt;
import dev.jmr.tensor.TensorType;

/// A tiny Llama on the reference backend, and what it should say.
final class EngineFixture {
  private static final String NAME = "tiny-llama-spm-f16";
  static final GoldenResults GOLDEN = TestModels.golden(NAME);
  static final EngineOptions OPTIONS =
      EngineOptions.defaults().withBackend("reference").withKvType(TensorType.F32);

  private EngineFixture() {}

  static Engine load(EngineOptions options) {
    return new LocalEngineProvider().load(artifact(), options);
  }

  static ModelArtifact artifact() {
    return new ModelArtifact(TestModels.path(NAME));
  }

  /// A greedy continuation of these tokens.
  static GenerationRequest request(int maxTokens, int... prompt) {
    return new GenerationRequest(
        new Prompt.Tokens(prompt), SamplingParameters.defaults().withTemperature(0), maxTokens);
  }

  /// The text of the first `count` golden tokens.
  static String goldenText(int count) {
    try (Model model = Model.open(artifact().file())) {
      StreamingDecoder decoder = model.tokenizer().decoder(DecodeOptions.CONTINUATION);
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < count; i++) {
        text.append(decoder.accept(GOLDEN.greedyIds()[i]));
      }
      return text.append(decoder.flush()).toString();
    }
  }
}
