package dev.jmr.runtime.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jmr.model.Model;
import dev.jmr.model.tokenizer.DecodeOptions;
import dev.jmr.model.tokenizer.EncodeOptions;
import dev.jmr.model.tokenizer.Tokenizer;
import dev.jmr.runtime.ChosenToken;
import dev.jmr.runtime.GenerationEvent.TextDelta;
import dev.jmr.runtime.StopConditions;
import dev.jmr.runtime.TokenLogprob;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AnswerTextTest {
  private final Model model = Model.open(EngineFixture.artifact().file());
  private final Tokenizer tokenizer = model.tokenizer();
  private final List<TextDelta> deltas = new ArrayList<>();

  @AfterEach
  void close() {
    model.close();
  }

  @Test
  void nothingOfAStopStringLeaks() {
    Optional<String> stop = write("one STOP two", StopConditions.before("STOP"));

    assertThat(text()).isEqualTo("one ");
    assertThat(stop).contains("STOP");
  }

  @Test
  void whatOnlyBeginsLikeAStopStringComesLater() {
    AnswerText answer = answer(StopConditions.before("abc"));
    accept(answer, "xab");
    assertThat(text()).isEqualTo("x");
    accept(answer, "d");
    assertThat(text()).isEqualTo("xabd");
    accept(answer, "ab");
    answer.finish();

    assertThat(text()).isEqualTo("xabdab");
    assertThat(answer.stopString()).isEmpty();
  }

  @Test
  void theFirstThatIsCompleteCountsAndOfTwoTheLonger() {
    assertThat(write("xabcd", StopConditions.before("abcd", "c"))).contains("c");
    assertThat(text()).isEqualTo("xab");
    deltas.clear();
    assertThat(write("xabc", StopConditions.before("c", "abc", "bc"))).contains("abc");
    assertThat(text()).isEqualTo("x");
  }

  @Test
  void theStopStringBelongsToTheTextWhereThatIsWanted() {
    write("one STOP two", new StopConditions(List.of("STOP"), Set.of(), true));

    assertThat(text()).isEqualTo("one STOP");
  }

  @Test
  void findsStopStringsOfCharactersThatSeveralTokensSpell() {
    assertThat(write("grün 🦙🦊 rot", StopConditions.before("🦊"))).contains("🦊");
    assertThat(text()).isEqualTo("grün 🦙");
  }

  @Test
  void isTheSameWhereverTheBordersOfTokensLie() {
    SplittableRandom random = new SplittableRandom(7);
    for (int round = 0; round < 400; round++) {
      String text = letters(random, 30);
      List<String> stops = List.of(letters(random, 4), letters(random, 2), letters(random, 6));
      deltas.clear();
      AnswerText answer = answer(new StopConditions(stops, Set.of(), false));
      boolean stopped = false;
      for (int from = 0; from < text.length() && !stopped; ) {
        int to = Math.min(text.length(), from + 1 + random.nextInt(5));
        stopped = accept(answer, text.substring(from, to));
        from = to;
        assertThat(text.substring(0, expectedEnd(text, stops))).startsWith(text());
      }
      answer.finish();

      assertThat(text())
          .as("%s in %s", stops, text)
          .isEqualTo(text.substring(0, expectedEnd(text, stops)));
    }
  }

  /// Where the text ends before the first stop string that is complete.
  private static int expectedEnd(String text, List<String> stops) {
    for (int end = 1; end <= text.length(); end++) {
      String read = text.substring(0, end);
      int longest = stops.stream().filter(read::endsWith).mapToInt(String::length).max().orElse(0);
      if (longest > 0) {
        return end - longest;
      }
    }
    return text.length();
  }

  @Test
  void everyTokenComesOnceWithTheTextThatItBegins() {
    AnswerText answer = answer(StopConditions.before("zzz"));
    List<Integer> ids = new ArrayList<>();
    for (int id : encode("ab 🦙 zz ü zz")) {
      ids.add(id);
      answer.accept(id, Optional.of(chosen(id)));
    }
    answer.finish();

    assertThat(tokens()).isEqualTo(ids);
    for (TextDelta delta : deltas) {
      assertThat(delta.text()).isNotEmpty();
    }
  }

  @Test
  void halfACharacterWaitsWithItsLogprobs() {
    AnswerText answer = answer(StopConditions.NONE);
    int[] ids = encode("🦙");
    int[] bytes = Arrays.copyOfRange(ids, ids.length - 4, ids.length);
    for (int i = 0; i < 3; i++) {
      answer.accept(bytes[i], Optional.of(chosen(bytes[i])));
      assertThat(deltas).isEmpty();
    }
    answer.accept(bytes[3], Optional.of(chosen(bytes[3])));

    assertThat(deltas).hasSize(1);
    assertThat(tokens()).containsExactly(bytes[0], bytes[1], bytes[2], bytes[3]);
  }

  @Test
  void tokensOfTheStopStringBringNoLogprobs() {
    AnswerText answer = answer(StopConditions.before("zz"));
    int[] before = encode("ab");
    for (int id : before) {
      answer.accept(id, Optional.of(chosen(id)));
    }
    for (int id : encode("zz")) {
      answer.accept(id, Optional.of(chosen(id)));
    }
    answer.finish();

    assertThat(text()).isEqualTo("ab");
    assertThat(tokens()).containsExactlyElementsOf(Arrays.stream(before).boxed().toList());
  }

  @Test
  void tokensWithoutTextAtTheEndStillBringTheirLogprobs() {
    AnswerText answer = answer(StopConditions.NONE);
    int control = tokenizer.specialTokens().bos().orElseThrow();
    answer.accept(control, Optional.of(chosen(control)));
    assertThat(deltas).isEmpty();
    answer.finish();

    assertThat(deltas).hasSize(1);
    assertThat(tokens()).containsExactly(control);
  }

  private AnswerText answer(StopConditions stop) {
    return new AnswerText(
        tokenizer.decoder(DecodeOptions.CONTINUATION),
        new ThoughtTracker(List.of(), Optional.empty()),
        stop,
        deltas::add);
  }

  private Optional<String> write(String text, StopConditions stop) {
    AnswerText answer = answer(stop);
    accept(answer, text);
    answer.finish();
    return answer.stopString();
  }

  private boolean accept(AnswerText answer, String text) {
    for (int id : encode(text)) {
      if (answer.accept(id, Optional.empty())) {
        return true;
      }
    }
    return false;
  }

  /// Tokens that spell the text, and no space before it, which SPM vocabularies add.
  private int[] encode(String text) {
    int[] ids = tokenizer.encode("\n" + text, new EncodeOptions(false, false));
    int from = 0;
    while (!tokenizer.decode(Arrays.copyOfRange(ids, 0, from)).endsWith("\n")) {
      from++;
    }
    return Arrays.copyOfRange(ids, from, ids.length);
  }

  private static ChosenToken chosen(int id) {
    return new ChosenToken(new TokenLogprob(id, "", new byte[0], -1), List.of());
  }

  private String text() {
    return deltas.stream().map(TextDelta::text).collect(Collectors.joining());
  }

  private List<Integer> tokens() {
    return deltas.stream()
        .flatMap(delta -> delta.tokens().stream())
        .map(token -> token.chosen().token())
        .toList();
  }

  private static String letters(SplittableRandom random, int count) {
    StringBuilder letters = new StringBuilder();
    for (int i = 0; i < count; i++) {
      letters.append("ab".charAt(random.nextInt(2)));
    }
    return letters.toString();
  }
}
