package dev.jmr.runtime.local;

import dev.jmr.model.grammar.Grammar;
import dev.jmr.model.grammar.GrammarException;
import dev.jmr.model.grammar.GrammarMatcher;
import dev.jmr.model.grammar.GrammarVocabulary;
import dev.jmr.model.tokenizer.Tokenizer;
import dev.jmr.runtime.RequestException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The grammars that were asked for last, with the masks that were worked out for them. Thread-safe; a grammar is compiled
/// outside of the lock.
final class GrammarCache {
  /// Grammars that are kept; each has masks of at most 64 MiB.
  static final int CAPACITY = 8;

  private final Tokenizer tokenizer;
  private final Map<Object, GrammarMatcher> known = new LinkedHashMap<>(16, 0.75f, true);
  private @Nullable GrammarVocabulary vocabulary;

  GrammarCache(Tokenizer tokenizer) {
    this.tokenizer = tokenizer;
  }

  /// The grammar that is kept under a key, or else what is compiled.
  ///
  /// @param key equals those of the same grammar and no others
  /// @throws RequestException if the grammar names a token that the model does not have
  GrammarMatcher get(Object key, Supplier<Grammar> compile) {
    synchronized (known) {
      GrammarMatcher kept = known.get(key);
      if (kept != null) {
        return kept;
      }
    }
    GrammarMatcher made = matcher(compile.get());
    synchronized (known) {
      GrammarMatcher first = known.putIfAbsent(key, made);
      if (known.size() > CAPACITY) {
        known.remove(known.keySet().iterator().next());
      }
      return first == null ? made : first;
    }
  }

  private GrammarMatcher matcher(Grammar grammar) {
    try {
      return new GrammarMatcher(grammar, vocabulary());
    } catch (GrammarException e) {
      throw new RequestException("grammar: " + e.getMessage(), e);
    }
  }

  /// Made when the first grammar comes.
  private synchronized GrammarVocabulary vocabulary() {
    GrammarVocabulary made = vocabulary;
    if (made == null) {
      made = GrammarVocabulary.of(tokenizer);
      vocabulary = made;
    }
    return made;
  }

  int size() {
    synchronized (known) {
      return known.size();
    }
  }
}
