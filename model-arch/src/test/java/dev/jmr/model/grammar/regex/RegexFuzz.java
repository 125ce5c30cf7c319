package dev.jmr.model.grammar.regex;

import dev.jmr.model.fuzz.FuzzInput;
import dev.jmr.model.fuzz.FuzzTarget;
import dev.jmr.model.grammar.Grammar;
import dev.jmr.model.grammar.GrammarException;
import dev.jmr.model.grammar.GrammarLimits;
import dev.jmr.model.grammar.GrammarMatcher;
import dev.jmr.model.grammar.GrammarVocabulary;
import dev.jmr.model.grammar.GrammarWalk;
import dev.jmr.model.grammar.SmallVocabulary;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Whatever the expression, it is refused with its place or a model can write by it; where Java's syntax means the same, Java
/// matches the same.
@SuppressWarnings("exports") // tests are not exported
public final class RegexFuzz implements FuzzTarget {
  private static final GrammarLimits LIMITS = new GrammarLimits(10_000, 32, 200, 500, 5_000, 2_000);
  private static final GrammarVocabulary VOCABULARY =
      SmallVocabulary.of("ab", "aab", "abc", "12", "1-2", "é", "😀", "日本", " ", "\n", "]", "Aa");
  private static final int WALKS = 4;
  private static final int MAX_TOKENS = 16;
  private static final int MAX_JAVA_STEPS = 100_000;

  /// What means something else in Java, or nothing: white space, vertical tabs, octal and control escapes, classes in classes,
  /// empty classes, quotes, groups of other kinds, possessive quantifiers.
  private static final Pattern DIFFERENT =
      Pattern.compile(
          "\\\\[sSv0cQEphHVRXNGkbBZxu]|&&|\\[[^\\]]*\\[|\\[\\^?\\]|\\(\\?[^:]|[*+?}]\\+|[\\x{80}-\\x{10FFFF}]");

  @Override
  public String name() {
    return "regex";
  }

  @Override
  public void run(byte[] input) {
    FuzzInput choices = new FuzzInput(input);
    String pattern = choices.text();
    Grammar grammar;
    try {
      grammar = Regex.compile(pattern, LIMITS);
    } catch (GrammarException e) {
      if (e.getMessage() == null || e.getMessage().isBlank()) {
        throw new AssertionError("says nothing", e);
      }
      return;
    }
    Optional<Pattern> java = java(pattern);
    GrammarMatcher matcher = new GrammarMatcher(grammar, VOCABULARY);
    RandomGenerator random = choices.chance();
    for (int i = 0; i < WALKS; i++) {
      GrammarWalk.walk(grammar, matcher, random, MAX_TOKENS)
          .ifPresent(text -> {
            java.ifPresent(expected -> compare(expected, text, true));
            java.ifPresent(expected -> {
              String other = changed(text, random);
              compare(expected, other, grammar.matches(other));
            });
          });
    }
  }

  private static Optional<Pattern> java(String pattern) {
    if (DIFFERENT.matcher(pattern).find()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Pattern.compile(pattern));
    } catch (PatternSyntaxException e) {
      return Optional.empty();
    }
  }

  /// One character replaced, removed or put in.
  private static String changed(String text, RandomGenerator random) {
    int[] characters = text.codePoints().toArray();
    int at = random.nextInt(characters.length + 1);
    int behind = Math.min(characters.length, at + random.nextInt(2));
    String letters = "abc12-A ]\n.";
    String insert =
        random.nextBoolean() ? "" : letters.charAt(random.nextInt(letters.length())) + "";
    return new String(characters, 0, at)
        + insert
        + new String(characters, behind, characters.length - behind);
  }

  private static void compare(Pattern java, String text, boolean ours) {
    if (text.contains("\u0085")) {
      return;
    }
    try {
      if (java.matcher(new Patient(text, new int[1])).matches() != ours) {
        throw new AssertionError("'%s': we say %s, Java does not".formatted(text, ours));
      }
    } catch (TooLong e) {
      // Java's way of matching may take for ever.
    }
  }

  private static final class TooLong extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  /// A text that is looked at so many times and no more.
  private record Patient(String text, int[] looks) implements CharSequence {
    @Override
    public int length() {
      return text.length();
    }

    @Override
    public char charAt(int index) {
      if (++looks[0] > MAX_JAVA_STEPS) {
        throw new TooLong();
      }
      return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.substring(start, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }

  @Override
  public List<byte[]> seeds() {
    return FuzzTarget.bytes(
        List.of(
            "^(a|[^b-d\\w]{2,5}?)+\\p{Lu}*(?:x|\\u00e9)?$|\\d+.",
            "(?<n>[\\]a-]\\x41)*|\\.{3}$",
            "^\\d{1,3}(\\.\\d{1,3}){3}$",
            "a*b+c?|(ab|a)(c|bcd)*",
            "[a-c1-3-]{2,}[^\\d]|\\w\\W\\D.",
            "^[A-Z][a-z]+( [A-Z][a-z]+)*$",
            "(((a|b)*c)?d){2}"));
  }

  @Override
  public List<String> words() {
    return List.of(
        "a",
        "b",
        "|",
        "(",
        ")",
        "(?:",
        "(?<n>",
        "[",
        "]",
        "[^",
        "a-c",
        "*",
        "+",
        "?",
        "{2}",
        "{1,3}",
        "{2,}",
        "{0}",
        "^",
        "$",
        "\\A",
        "\\z",
        ".",
        "\\d",
        "\\w",
        "\\s",
        "\\D",
        "\\W",
        "\\S",
        "\\p{L}",
        "\\P{Lu}",
        "\\x41",
        "\\u00e9",
        "\\u{1F600}",
        "\\t",
        "\\n",
        "\\.",
        "\\]",
        "-",
        "é",
        "\uE000\uE001",
        "\\b",
        "(?=",
        "\\1",
        "()");
  }
}
