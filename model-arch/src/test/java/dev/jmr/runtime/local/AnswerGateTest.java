package dev.jmr.runtime.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jmr.model.Model;
import dev.jmr.model.TestModels;
import dev.jmr.model.grammar.GrammarMatcher;
import dev.jmr.model.grammar.GrammarVocabulary;
import dev.jmr.model.grammar.regex.Regex;
import dev.jmr.model.sample.SamplerChain;
import dev.jmr.model.sample.SamplingParameters;
import dev.jmr.runtime.EngineException;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AnswerGateTest {
  private static final String TOKENS = "abc";
  private static final int END = 3;

  private final Model model = Model.open(TestModels.path("tiny-qwen3"));
  private final SamplerChain sampler =
      new SamplerChain(SamplingParameters.defaults().withTemperature(0), END + 1);
  private final float[] logits = {1, 2, 3, 4};

  @AfterEach
  void close() {
    model.close();
  }

  /// Over the tokens `a`, `b`, `c` and the end.
  private AnswerGate gate(String regex) {
    GrammarVocabulary vocabulary =
        new GrammarVocabulary(
            END + 1,
            id -> id < END ? new byte[] {(byte) TOKENS.charAt(id)} : new byte[0],
            name -> OptionalInt.empty(),
            END);
    return new AnswerGate(
        AnswerPlan.of(new GrammarMatcher(Regex.compile(regex), vocabulary)), model.tokenizer());
  }

  @Test
  void drawsOnlyWhatIsAllowed() {
    AnswerGate gate = gate("ab?");

    assertThat(gate.sample(sampler, logits, 0)).isEqualTo(0);
    assertThat(gate.accept(0)).isFalse();
    assertThat(gate.sample(sampler, logits, 0)).isEqualTo(END);
    assertThat(gate.accept(1)).isTrue();
  }

  @Test
  void saysThatNothingGoesOn() {
    AnswerGate gate = gate("a(z|bz)");

    assertThat(gate.accept(0)).isFalse();
    assertThat(gate.accept(1)).isFalse();
    assertThatThrownBy(() -> gate.sample(sampler, logits, 0))
        .isInstanceOf(EngineException.class)
        .hasMessageStartingWith(
            "answer: expected a token with which it can become what the request asks for, got none");
  }
}
