package dev.jmr.runtime.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jmr.model.Model;
import dev.jmr.model.TestModels;
import dev.jmr.model.grammar.Grammar;
import dev.jmr.model.grammar.regex.Regex;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class GrammarCacheTest {
  @Test
  void keepsWhatWasAskedForLast() {
    try (Model model = Model.open(TestModels.path("tiny-qwen3"))) {
      GrammarCache cache = new GrammarCache(model.tokenizer());
      Supplier<Grammar> regex = () -> Regex.compile("a+");
      var first = cache.get("0", regex);
      for (int i = 1; i < 3 * GrammarCache.CAPACITY; i++) {
        cache.get(String.valueOf(i), regex);
        assertThat(cache.get("0", regex)).isSameAs(first);
      }

      assertThat(cache.size()).isEqualTo(GrammarCache.CAPACITY);
      assertThat(cache.get("1", regex)).isNotSameAs(first);
    }
  }
}
