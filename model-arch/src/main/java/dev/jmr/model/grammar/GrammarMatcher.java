package dev.jmr.model.grammar;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/// A grammar over a vocabulary, with what was worked out about them: masks of states, moves of stacks.
///
/// Make one for a grammar and a model, and keep it as long as requests with this grammar come: later ones find the masks
/// of earlier ones. What it remembers is bounded ([#CACHE_BYTES]). Safe for use by several threads, one at a time.
public final class GrammarMatcher {
  /// Masks take up to this much memory; then they are forgotten and worked out anew.
  static final long CACHE_BYTES = 64L << 20;

  private static final int RECENT_MASKS = 64;
  private static final int NEAR_MAX_DEPTH = StackSets.MAX_DEPTH / 2;

  private final Automaton automaton;
  private final GrammarVocabulary vocabulary;
  private final StackSets sets;
  private final MaskWalker walker;
  private final int[][] symbolIds;
  private final Map<Integer, StateMask> stateMasks = new HashMap<>();
  private final Map<StackSet, long[]> recent =
      new LinkedHashMap<>(RECENT_MASKS, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<StackSet, long[]> eldest) {
          return size() > RECENT_MASKS;
        }
      };
  private long cachedBytes;

  /// @throws GrammarException if the grammar names a token that the vocabulary does not have
  public GrammarMatcher(Grammar grammar, GrammarVocabulary vocabulary) {
    this.automaton = grammar.automaton();
    this.vocabulary = vocabulary;
    this.sets = new StackSets(automaton);
    this.walker = new MaskWalker(vocabulary.trie(), sets);
    this.symbolIds =
        automaton.symbols().stream()
            .map(symbol -> resolve(symbol, vocabulary))
            .toArray(int[][]::new);
  }

  private static int[] resolve(TokenSymbol symbol, GrammarVocabulary vocabulary) {
    IntList ids = new IntList();
    for (int id : symbol.ids()) {
      if (id < vocabulary.size()) {
        ids.add(id);
      }
    }
    for (String text : symbol.texts()) {
      vocabulary.find(text).ifPresent(ids::add);
    }
    if (!symbol.optional() && ids.size() < symbol.ids().size() + symbol.texts().size()) {
      throw new GrammarException(
          "",
          "token %s: expected one of the vocabulary's %d tokens"
              .formatted(symbol, vocabulary.size()));
    }
    return ids.toArray();
  }

  /// Where every text begins.
  public synchronized GrammarState start() {
    return new GrammarState(this, sets.start());
  }

  /// The vocabulary that ids and masks belong to.
  public GrammarVocabulary vocabulary() {
    return vocabulary;
  }

  synchronized void mask(StackSet set, long... mask) {
    long[] known = recent.get(set);
    if (known == null) {
      known = work(set);
      recent.put(set, known);
    }
    System.arraycopy(known, 0, mask, 0, known.length);
    Arrays.fill(mask, known.length, mask.length, 0);
  }

  private long[] work(StackSet set) {
    sets.trim();
    long[] mask = new long[vocabulary.maskLength()];
    StackSet rest = sets.nothing;
    for (int i = 0; i < set.tops.length; i++) {
      int top = set.tops[i];
      StackSet below = set.below[i];
      StateMask state = stateMask(top);
      if (!state.separable() || below.depth > NEAR_MAX_DEPTH) {
        rest = sets.union(rest, new StackSet(false, new int[] {top}, below));
        continue;
      }
      state.tokens().addTo(mask);
      StackSet returned = sets.returned(below);
      for (int node : state.left()) {
        walker.mark(node, returned, mask);
      }
      markSymbols(automaton.states()[top].symbol(), mask);
    }
    if (!rest.isEmpty()) {
      walker.mark(VocabularyTrie.ROOT, rest, mask);
      for (int top : rest.tops) {
        markSymbols(automaton.states()[top].symbol(), mask);
      }
    }
    if (set.bottom) {
      for (int id : vocabulary.endOfGeneration()) {
        TokenBits.set(mask, id);
      }
    }
    return mask;
  }

  private StateMask stateMask(int state) {
    StateMask known = stateMasks.get(state);
    if (known == null) {
      known = StateMask.of(state, vocabulary.maskLength(), sets, walker);
      cachedBytes += known.tokens().bytes() + known.left().length * 4L;
      if (cachedBytes > CACHE_BYTES) {
        stateMasks.clear();
        cachedBytes = 0;
      }
      stateMasks.put(state, known);
    }
    return known;
  }

  private void markSymbols(int[] symbols, long... mask) {
    for (int symbol : symbols) {
      for (int token = 0; token < vocabulary.size(); token++) {
        if (matches(symbol, token)) {
          TokenBits.set(mask, token);
        }
      }
    }
  }

  private boolean matches(int symbol, int token) {
    boolean named = false;
    for (int id : symbolIds[symbol]) {
      named |= id == token;
    }
    return switch (automaton.symbols().get(symbol).kind()) {
      case NAMED -> named;
      case OTHER -> !named && !vocabulary.endsGeneration(token);
      case OTHER_WITHOUT_TEXT ->
          vocabulary.bytes(token).length == 0 && !named && !vocabulary.endsGeneration(token);
    };
  }

  /// What follows a token, [StackSets#nothing] if it is not allowed.
  synchronized StackSet step(StackSet set, int token) {
    StackSet byBytes = sets.nothing;
    byte[] bytes = vocabulary.bytes(token);
    if (bytes.length > 0) {
      byBytes = set;
      for (byte next : bytes) {
        byBytes = sets.step(byBytes, next);
      }
    }
    return automaton.symbols().isEmpty()
        ? byBytes
        : sets.union(byBytes, sets.stepToken(set, symbol -> matches(symbol, token)));
  }

  /// What follows these bytes.
  synchronized StackSet step(StackSet set, byte... bytes) {
    StackSet at = set;
    for (byte next : bytes) {
      at = sets.step(at, next);
    }
    return at;
  }
}
