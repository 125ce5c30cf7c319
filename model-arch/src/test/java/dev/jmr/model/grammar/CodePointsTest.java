package dev.jmr.model.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class CodePointsTest {
  private static final int[] EDGES = {
    0, 1, 0x7F, 0x80, 0x7FF, 0x800, 0xD7FF, 0xE000, 0xFFFF, 0x10000, 0x10FFFF
  };

  @Test
  void utf8SequencesMatchTheSetAndNothingElse() {
    Random random = new Random(5);
    for (int round = 0; round < 200; round++) {
      int a = EDGES[random.nextInt(EDGES.length)];
      int b = random.nextInt(0x110000);
      CodePoints set = CodePoints.range(Math.min(a, b), Math.max(a, b));
      Grammar grammar = Grammar.of(new Expression.Characters(set), GrammarLimits.STANDARD);
      for (int c : new int[] {a, b, a - 1, a + 1, b - 1, b + 1, random.nextInt(0x110000)}) {
        if (c >= 0 && c <= 0x10FFFF && (c < 0xD800 || c > 0xDFFF)) {
          assertThat(grammar.matches(Character.toString(c)))
              .as("U+%X in %s", c, set)
              .isEqualTo(set.contains(c));
        }
      }
    }
  }

  @Test
  void setsAreCombined() {
    CodePoints letters = CodePoints.range('a', 'f').union(CodePoints.range('d', 'k'));
    assertThat(letters).isEqualTo(CodePoints.range('a', 'k'));
    assertThat(letters.minus(CodePoints.of('c'))).isEqualTo(new CodePoints('a', 'b', 'd', 'k'));
    assertThat(letters.complement().complement()).isEqualTo(letters);
    assertThat(letters.intersect(CodePoints.range('j', 'z'))).isEqualTo(CodePoints.range('j', 'k'));
    assertThat(CodePoints.NONE.complement()).isEqualTo(CodePoints.ANY);
    assertThat(CodePoints.range(0xD000, 0xF000).contains(0xD800)).isFalse();
  }
}
