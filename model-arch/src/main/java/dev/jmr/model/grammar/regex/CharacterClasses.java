package dev.jmr.model.grammar.regex;

import dev.jmr.model.grammar.CodePoints;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Named sets of characters: the classes of ECMA-262, and Unicode's general categories.
final class CharacterClasses {
  static final CodePoints DIGIT = CodePoints.range('0', '9');
  static final CodePoints WORD =
      CodePoints.of('_')
          .union(DIGIT)
          .union(CodePoints.range('a', 'z'))
          .union(CodePoints.range('A', 'Z'));
  static final CodePoints SPACE =
      CodePoints.range('\t', '\r')
          .union(CodePoints.of(' ', 0xA0, 0x1680, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000, 0xFEFF))
          .union(CodePoints.range(0x2000, 0x200A));

  private static final List<String> NAMES =
      List.of(
          "Cn", "Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Me", "Mc", "Nd", "Nl", "No", "", "Zs", "Zl",
          "Zp", "Cc", "Cf", "", "Co", "Cs", "Pd", "Ps", "Pe", "Pc", "Po", "Sm", "Sc", "Sk", "So",
          "Pi", "Pf");

  private CharacterClasses() {}

  /// The characters of a general category, `L` or `Lu`.
  static Optional<CodePoints> category(String name) {
    List<CodePoints> sets =
        IntStream.range(0, NAMES.size())
            .filter(type -> !name.isEmpty() && NAMES.get(type).startsWith(name))
            .mapToObj(Categories.SETS::get)
            .toList();
    return sets.isEmpty() ? Optional.empty() : Optional.of(CodePoints.union(sets));
  }

  /// Made where the first category is asked for.
  private static final class Categories {
    /// By the number that Java has for them, which is the place in [#NAMES].
    static final List<CodePoints> SETS = read();

    private static List<CodePoints> read() {
      List<List<CodePoints>> ranges =
          NAMES.stream().map(_ -> (List<CodePoints>) new ArrayList<CodePoints>()).toList();
      int start = 0;
      for (int c = 1; c <= Character.MAX_CODE_POINT + 1; c++) {
        if (c > Character.MAX_CODE_POINT || Character.getType(c) != Character.getType(start)) {
          ranges.get(Character.getType(start)).add(CodePoints.range(start, c - 1));
          start = c;
        }
      }
      return ranges.stream().map(CodePoints::union).toList();
    }
  }
}
