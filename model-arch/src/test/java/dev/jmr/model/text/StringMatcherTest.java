package dev.jmr.model.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class StringMatcherTest {
  @Test
  void findsOverlappingOccurrencesAndKnowsHowMuchIsBegun() {
    SplittableRandom random = new SplittableRandom(3);
    for (int round = 0; round < 500; round++) {
      String wanted = letters(random, 1 + random.nextInt(6));
      StringMatcher matcher = new StringMatcher(wanted);
      StringBuilder text = new StringBuilder();
      for (char next : letters(random, 60).toCharArray()) {
        text.append(next);
        boolean found = matcher.accept(next);

        assertThat(found).isEqualTo(text.toString().endsWith(wanted));
        assertThat(matcher.matched()).isEqualTo(longestBeginning(wanted, text.toString()));
      }
    }
  }

  @Test
  void rejectsNothing() {
    assertThatIllegalArgumentException().isThrownBy(() -> new StringMatcher(""));
  }

  private static int longestBeginning(String wanted, String text) {
    int length = wanted.length();
    while (!text.endsWith(wanted.substring(0, length))) {
      length--;
    }
    return length;
  }

  private static String letters(SplittableRandom random, int count) {
    StringBuilder letters = new StringBuilder();
    for (int i = 0; i < count; i++) {
      letters.append(random.nextInt(3) > 0 ? 'a' : 'b');
    }
    return letters.toString();
  }
}
