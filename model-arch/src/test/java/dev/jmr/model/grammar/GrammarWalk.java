package dev.jmr.model.grammar;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// A random walk through a grammar that checks all that the grammar says about each step against what else it says.
public final class GrammarWalk {
  private static final double EAGERNESS_TO_END = 0.3;

  private final Grammar grammar;
  private final GrammarMatcher matcher;
  private final RandomGenerator random;
  private final long[] mask;
  private final ByteArrayOutputStream text = new ByteArrayOutputStream();
  private boolean namesTokens;

  private GrammarWalk(Grammar grammar, GrammarMatcher matcher, RandomGenerator random) {
    this.grammar = grammar;
    this.matcher = matcher;
    this.random = random;
    this.mask = new long[matcher.vocabulary().maskLength()];
    this.namesTokens = !grammar.automaton().symbols().isEmpty();
  }

  /// Walks until the text is complete or has so many tokens.
  ///
  /// @return the text if it is complete and has no tokens but those of bytes
  /// @throws AssertionError if the grammar contradicts itself
  public static Optional<String> walk(
      Grammar grammar, GrammarMatcher matcher, RandomGenerator random, int maxTokens) {
    return new GrammarWalk(grammar, matcher, random).walk(maxTokens);
  }

  private Optional<String> walk(int maxTokens) {
    GrammarVocabulary vocabulary = matcher.vocabulary();
    GrammarState state = matcher.start();
    for (int i = 0; i < maxTokens; i++) {
      List<Integer> allowed = allowed(state, i < 4);
      if (allowed.isEmpty()) {
        throw new AssertionError("no token is allowed behind '" + text + "'");
      }
      int end = vocabulary.endOfGeneration()[0];
      boolean ends = state.canEnd() && random.nextDouble() < EAGERNESS_TO_END;
      int token = ends ? end : allowed.get(random.nextInt(allowed.size()));
      if (token == end) {
        checkEnd(state.accept(token));
        break;
      }
      state = state.accept(token);
      text.writeBytes(vocabulary.bytes(token));
    }
    checkText(state);
    return state.canEnd() && !namesTokens
        ? Optional.of(text.toString(StandardCharsets.UTF_8))
        : Optional.empty();
  }

  /// The tokens of the mask; of each, or of some, also what [GrammarState#allows] says.
  private List<Integer> allowed(GrammarState state, boolean checkEach) {
    state.allowed(mask);
    List<Integer> allowed = new ArrayList<>();
    int size = matcher.vocabulary().size();
    for (int id = 0; id < size; id++) {
      boolean set = TokenBits.get(mask, id);
      if ((checkEach || random.nextInt(16) == 0) && set != state.allows(id)) {
        throw new AssertionError("token %d behind '%s': the mask says %s".formatted(id, text, set));
      }
      if (set) {
        allowed.add(id);
      }
    }
    for (int end : matcher.vocabulary().endOfGeneration()) {
      if (!namesTokens && TokenBits.get(mask, end) != state.canEnd()) {
        throw new AssertionError("the end is allowed where the text is not complete: " + text);
      }
    }
    return allowed;
  }

  private void checkEnd(GrammarState ended) {
    ended.allowed(mask);
    if (!ended.ended() || Arrays.stream(mask).anyMatch(word -> word != 0)) {
      throw new AssertionError("goes on behind the end of '" + text + "'");
    }
  }

  /// What was accepted token by token is accepted as text, too, also by a matcher that remembers nothing.
  private void checkText(GrammarState walked) {
    Optional<String> read = utf8(text.toByteArray());
    if (namesTokens) {
      return;
    }
    if (read.isEmpty()) {
      if (walked.canEnd()) {
        throw new AssertionError("complete in the middle of a character: " + text);
      }
      return;
    }
    String whole = read.get();
    if (grammar.matches(whole) != walked.canEnd()) {
      throw new AssertionError("as text: " + !walked.canEnd() + ", by tokens not: " + whole);
    }
    GrammarState fresh = new GrammarMatcher(grammar, matcher.vocabulary()).start().accept(whole);
    long[] known = mask.clone();
    walked.allowed(known);
    fresh.allowed(mask);
    if (!Arrays.equals(known, mask)) {
      throw new AssertionError("the mask depends on what is remembered behind " + whole);
    }
  }

  private static Optional<String> utf8(byte... bytes) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }
}
