package dev.jmr.model.grammar.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jmr.model.grammar.GrammarMatcher;
import dev.jmr.model.grammar.GrammarVocabulary;
import dev.jmr.model.grammar.SmallVocabulary;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RandomSchemasTest {
  private static final int SCHEMAS = 300;
  private static final int SAMPLES = 8;

  @Test
  void whatIsSampledSatisfiesTheSchema() {
    GrammarVocabulary vocabulary = SmallVocabulary.json();
    int ended = 0;
    for (int seed = 0; seed < SCHEMAS; seed++) {
      String schema = new RandomSchemas(seed).document();
      GrammarMatcher matcher = new GrammarMatcher(JsonSchema.compile(schema), vocabulary);
      SchemaValidator validator = new SchemaValidator(schema);
      Random random = new Random(seed);
      for (int i = 0; i < SAMPLES; i++) {
        String text = SmallVocabulary.sample(matcher, random, 300, 0.6);
        if (!text.isEmpty()) {
          ended++;
          assertThat(validator.errors(text)).as("seed %d: %s for %s", seed, text, schema).isEmpty();
        }
      }
    }
    assertThat(ended).isGreaterThan(SCHEMAS * SAMPLES / 2);
  }
}
