package dev.jmr.tensor.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jmr.tensor.TensorException;
import org.junit.jupiter.api.Test;

class BatchTest {
  private static final BatchBounds BOUNDS = new BatchBounds(4, 2, 10, 1000, 3, 0);

  private static Batch batch(int token, int position, int sequence, int page, int outputRow) {
    return new Batch(
        new int[] {0, token},
        new int[] {0, position},
        new int[] {0, sequence},
        new int[][] {{0, page}},
        new int[] {outputRow});
  }

  private static void validate(Batch batch) {
    batch.validate(BOUNDS);
  }

  @Test
  void acceptsTheLastOfEverything() {
    assertThatCode(() -> validate(batch(9, 63, 0, 2, 1))).doesNotThrowAnyException();
  }

  @Test
  void findsThePageOfAPosition() {
    Batch batch = batch(0, 40, 0, 2, 0);

    assertThat(batch.page(1, 31)).isZero();
    assertThat(batch.page(1, 32)).isEqualTo(2);
  }

  @Test
  void namesTheEntryThatIsOutOfRange() {
    assertThatThrownBy(() -> validate(batch(10, 1, 0, 1, 0)))
        .isInstanceOf(TensorException.class)
        .hasMessage("batch entry 1: expected token id in 0..9, got 10");
    assertThatThrownBy(() -> validate(batch(-1, 1, 0, 1, 0))).hasMessageContaining("token id");
    assertThatThrownBy(() -> validate(batch(1, 64, 0, 1, 0)))
        .hasMessage("batch entry 1: expected position in 0..63, got 64");
    assertThatThrownBy(() -> validate(batch(1, 1, 1, 1, 0)))
        .hasMessage("batch entry 1: expected sequence in 0..0, got 1");
    assertThatThrownBy(() -> validate(batch(1, 33, 0, 3, 0)))
        .hasMessage("batch entry 1: expected page in 0..2, got 3");
    assertThatThrownBy(() -> validate(batch(1, 1, 0, 1, 2)))
        .hasMessage("batch entry 0: expected output row in 0..1, got 2");
  }

  @Test
  void wantsWhatIsGivenForEachToken() {
    BatchBounds bounds = new BatchBounds(4, 2, 10, 1000, 3, 5);
    Batch batch = batch(1, 1, 0, 1, 0);
    Batch complete =
        new Batch(
            batch.tokens(),
            batch.positions(),
            batch.sequences(),
            batch.pageTables(),
            batch.outputRows(),
            new float[10]);

    assertThatCode(() -> complete.validate(bounds)).doesNotThrowAnyException();
    assertThatThrownBy(() -> batch.validate(bounds))
        .hasMessage("batch: expected 5 floats with each of 2 tokens, got 0");
  }

  @Test
  void ignoresPagesBeyondThePosition() {
    assertThatCode(() -> validate(batch(1, 31, 0, 99, 0))).doesNotThrowAnyException();
  }

  @Test
  void rejectsMoreThanTheLimits() {
    Batch tooMany =
        new Batch(
            new int[5], new int[] {0, 1, 2, 3, 4}, new int[5], new int[][] {{0}}, new int[] {4});

    assertThatThrownBy(() -> validate(tooMany))
        .hasMessage("batch: expected at most 4 tokens and 2 outputs, got 5 and 1");
  }

  @Test
  void wantsArraysOfOneLength() {
    int[][] pages = {{0}};

    assertThatThrownBy(() -> new Batch(new int[2], new int[1], new int[2], pages, new int[0]))
        .hasMessageContaining("got 1, 2 and 2");
    assertThatThrownBy(() -> new Batch(new int[0], new int[0], new int[0], pages, new int[0]))
        .isInstanceOf(TensorException.class);
  }
}
