package dev.jmr.model.template.library;

import dev.jmr.model.template.value.Bool;
import dev.jmr.model.template.value.Str;
import dev.jmr.model.template.value.Whitespace;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.Predicate;

/// Methods of strings that ask what they consist of.
final class CharacterMethods {
  static final List<Builtin> ALL =
      List.of(
          all("isalpha", Character::isLetter),
          all("isalnum", Characters::isAlphanumeric),
          all("isdigit", Characters::isDigit),
          all("isdecimal", Characters::isDecimal),
          all("isnumeric", Characters::isNumeric),
          all("isspace", Whitespace::is),
          is("isascii", s -> s.codePoints().allMatch(c -> c < 0x80)),
          is("isprintable", s -> s.codePoints().allMatch(Characters::isPrintable)),
          is("islower", Characters::isLower),
          is("isupper", Characters::isUpper),
          is("istitle", Characters::isTitle),
          is("isidentifier", CharacterMethods::isIdentifier));

  private CharacterMethods() {}

  private static Builtin all(String name, IntPredicate kind) {
    return is(name, s -> Characters.all(s, kind));
  }

  private static Builtin is(String name, Predicate<String> predicate) {
    return Builtin.of(name, "", (v, a) -> Bool.of(predicate.test(((Str) v).text())));
  }

  private static boolean isIdentifier(String text) {
    return !text.isEmpty()
        && (text.charAt(0) == '_' || Character.isUnicodeIdentifierStart(text.codePointAt(0)))
        && text.codePoints().allMatch(Character::isUnicodeIdentifierPart);
  }
}
