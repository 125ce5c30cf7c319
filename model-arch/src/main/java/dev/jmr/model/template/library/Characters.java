package dev.jmr.model.template.library;

import dev.jmr.model.template.value.Whitespace;
import java.util.Locale;
import java.util.function.IntPredicate;

/// Python's questions about the characters of a string, and its changes of case.
final class Characters {
  private Characters() {}

  static boolean isLower(String text) {
    return isCase(text, Character::isLowerCase);
  }

  static boolean isUpper(String text) {
    return isCase(text, Character::isUpperCase);
  }

  private static boolean isCase(String text, IntPredicate wanted) {
    boolean found = false;
    for (int c : text.codePoints().toArray()) {
      boolean cased = isCased(c);
      if (cased && !wanted.test(c)) {
        return false;
      }
      found |= cased;
    }
    return found;
  }

  private static boolean isCased(int c) {
    return Character.isLowerCase(c) || Character.isUpperCase(c) || Character.isTitleCase(c);
  }

  /// Whether there are characters, and all of them are of a kind.
  static boolean all(String text, IntPredicate kind) {
    return !text.isEmpty() && text.codePoints().allMatch(kind);
  }

  static boolean isDecimal(int c) {
    return Character.getType(c) == Character.DECIMAL_DIGIT_NUMBER;
  }

  static boolean isDigit(int c) {
    return isDecimal(c) || "⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉".indexOf(c) >= 0 || (c >= 0x2460 && c <= 0x2468);
  }

  static boolean isNumeric(int c) {
    int type = Character.getType(c);
    return isDecimal(c)
        || type == Character.LETTER_NUMBER
        || type == Character.OTHER_NUMBER
        || "一二三四五六七八九十百千万億〇".indexOf(c) >= 0;
  }

  static boolean isAlphanumeric(int c) {
    return Character.isLetter(c) || isNumeric(c);
  }

  static boolean isTitle(String text) {
    boolean found = false;
    boolean inWord = false;
    for (int c : text.codePoints().toArray()) {
      boolean begins = Character.isUpperCase(c) || Character.isTitleCase(c);
      if ((begins && inWord) || (Character.isLowerCase(c) && !inWord)) {
        return false;
      }
      inWord = isCased(c);
      found |= inWord;
    }
    return found;
  }

  static String capitalize(String text) {
    if (text.isEmpty()) {
      return text;
    }
    int end = text.offsetByCodePoints(0, 1);
    return titled(text.substring(0, end)) + text.substring(end).toLowerCase(Locale.ROOT);
  }

  private static String titled(String character) {
    String upper = character.toUpperCase(Locale.ROOT);
    if (upper.codePointCount(0, upper.length()) > 1) {
      int end = upper.offsetByCodePoints(0, 1);
      return upper.substring(0, end) + upper.substring(end).toLowerCase(Locale.ROOT);
    }
    return Character.toString(Character.toTitleCase(character.codePointAt(0)));
  }

  /// Python's `str.title`: letters behind a letter become small, the others large.
  static String title(String text) {
    StringBuilder out = new StringBuilder(text.length());
    boolean inWord = false;
    for (int c : text.codePoints().toArray()) {
      String character = Character.toString(c);
      out.append(inWord ? character.toLowerCase(Locale.ROOT) : titled(character));
      inWord = isCased(c);
    }
    return out.toString();
  }

  static String swapCase(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int c : text.codePoints().toArray()) {
      String character = Character.toString(c);
      out.append(
          Character.isUpperCase(c)
              ? character.toLowerCase(Locale.ROOT)
              : character.toUpperCase(Locale.ROOT));
    }
    return out.toString();
  }

  static boolean isPrintable(int c) {
    return c == ' ' || (!Whitespace.is(c) && !Character.isISOControl(c) && Character.isDefined(c));
  }
}
