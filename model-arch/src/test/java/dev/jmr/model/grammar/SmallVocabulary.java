package dev.jmr.model.grammar;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;

/// Vocabularies built by hand: every byte, some pieces of text, a control token, and one that ends a generation.
public final class SmallVocabulary {
  private final List<byte[]> tokens = new ArrayList<>();

  private SmallVocabulary(String... pieces) {
    for (int b = 0; b < 256; b++) {
      tokens.add(new byte[] {(byte) b});
    }
    for (String piece : pieces) {
      tokens.add(piece.getBytes(StandardCharsets.UTF_8));
    }
  }

  /// The bytes, then these pieces, then a control token `<|tool|>`, then the end.
  public static GrammarVocabulary of(String... pieces) {
    SmallVocabulary vocabulary = new SmallVocabulary(pieces);
    int size = 258 + pieces.length;
    return new GrammarVocabulary(
        size,
        id -> id < size - 2 ? vocabulary.tokens.get(id) : new byte[0],
        name -> name.equals("<|tool|>") ? OptionalInt.of(size - 2) : OptionalInt.empty(),
        size - 1);
  }

  /// With pieces as they occur in JSON.
  public static GrammarVocabulary json() {
    return of(
        "{\"",
        "\":",
        "\": ",
        "\": \"",
        "\",",
        "\", \"",
        "\"}",
        "\"]",
        "}}",
        "]}",
        "[{",
        "},",
        "],",
        "{}",
        "[]",
        "true",
        "false",
        "null",
        "tr",
        "ue",
        "12",
        "3.5",
        "-1",
        "e+",
        "00",
        "a",
        "ab",
        "abc",
        " ",
        "  ",
        " the",
        "é",
        "😀",
        "日本",
        "\\u",
        "\\n",
        "\\\"",
        "name",
        "\"name\"",
        ", ",
        ",\"",
        "\"\"",
        "\"a",
        "b\"",
        "0.",
        "\n",
        "\t",
        "2024",
        "-0",
        ":0");
  }

  /// A random walk through a grammar.
  ///
  /// @return the text, or nothing if it did not end within `maxTokens`
  public static String sample(
      GrammarMatcher matcher, RandomGenerator random, int maxTokens, double endEagerness) {
    GrammarVocabulary vocabulary = matcher.vocabulary();
    GrammarState state = matcher.start();
    long[] mask = new long[vocabulary.maskLength()];
    java.io.ByteArrayOutputStream text = new java.io.ByteArrayOutputStream();
    for (int i = 0; i < maxTokens; i++) {
      state.allowed(mask);
      int token =
          pick(mask, vocabulary, random, state.canEnd() && random.nextDouble() < endEagerness);
      state = state.accept(token);
      if (state.ended()) {
        return text.toString(StandardCharsets.UTF_8);
      }
      text.writeBytes(vocabulary.bytes(token));
    }
    return "";
  }

  private static int pick(
      long[] mask, GrammarVocabulary vocabulary, RandomGenerator random, boolean end) {
    if (end) {
      return vocabulary.endOfGeneration()[0];
    }
    List<Integer> allowed = new ArrayList<>();
    for (int id = 0; id < vocabulary.size(); id++) {
      if (TokenBits.get(mask, id)) {
        allowed.add(id);
      }
    }
    if (allowed.isEmpty()) {
      throw new AssertionError("dead end: no token is allowed");
    }
    return allowed.get(random.nextInt(allowed.size()));
  }
}
