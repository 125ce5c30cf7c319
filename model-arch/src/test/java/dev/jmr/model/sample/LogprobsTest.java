package dev.jmr.model.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.jmr.model.sample.LogitRows.Row;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LogprobsTest {
  static Stream<Row> rows() {
    return LogitRows.all();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void agreeWithTheirDefinition(Row row) {
    Logprobs logprobs = new Logprobs(row.logits().length, 20);
    logprobs.read(row.logits(), 0);
    double logSum = row.max() + Math.log(row.totalWeight());
    List<LogitRows.Token> best = row.bestFirst().stream().limit(20).toList();

    assertThat(IntStream.range(0, logprobs.topCount()).map(logprobs::topToken).toArray())
        .isEqualTo(LogitRows.ids(best));
    for (LogitRows.Token token : best) {
      assertThat((double) logprobs.of(token.id())).isCloseTo(token.logit() - logSum, within(1e-5));
    }
  }

  @Test
  void readTheRowAtItsOffset() {
    float[] logits = {9, (float) Math.log(0.25), (float) Math.log(0.75), 9};
    Logprobs logprobs = new Logprobs(2, 1);
    logprobs.read(logits, 1);

    assertThat(logprobs.of(0)).isCloseTo((float) Math.log(0.25), within(1e-6f));
    assertThat(logprobs.topToken(0)).isEqualTo(1);
  }

  @Test
  void endAtAFloor() {
    Logprobs logprobs = new Logprobs(3, 3);
    logprobs.read(new float[] {0, Float.NEGATIVE_INFINITY, -20_000}, 0);

    assertThat(logprobs.of(0)).isZero();
    assertThat(logprobs.of(1)).isEqualTo(-9999);
    assertThat(logprobs.of(2)).isEqualTo(-9999);
    assertThat(logprobs.topCount()).isEqualTo(2);
  }

  @Test
  void comeWithoutOthersOrWithAtMostTwenty() {
    Logprobs alone = new Logprobs(2, 0);
    alone.read(new float[] {0, 0}, 0);

    assertThat(alone.topCount()).isZero();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Logprobs(2, 21))
        .withMessage("top_logprobs: expected 0 to 20, got 21");
  }
}
