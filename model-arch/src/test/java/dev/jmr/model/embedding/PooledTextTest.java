package dev.jmr.model.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PooledTextTest {
  /// Hidden states of three tokens, two floats each, behind one that is somebody else's.
  private static final float[] ROWS = {9, 1, 2, 3, 5, 8, -1};

  private static float[][] pooled(Pooling pooling) {
    PooledText text = new PooledText(pooling, 3, 2);
    for (int position = text.firstRow(); position < text.endRow(); position++) {
      text.add(ROWS, 1 + 2 * position);
    }
    return text.vectors();
  }

  @Test
  void noneKeepsEveryRow() {
    assertThat(pooled(Pooling.NONE)).isDeepEqualTo(new float[][] {{1, 2}, {3, 5}, {8, -1}});
  }

  @Test
  void meanDividesTheSumByTheTokens() {
    assertThat(pooled(Pooling.MEAN)).isDeepEqualTo(new float[][] {{4, 2}});
  }

  @Test
  void clsTakesTheFirstAndLastTheLast() {
    assertThat(pooled(Pooling.CLS)).isDeepEqualTo(new float[][] {{1, 2}});
    assertThat(pooled(Pooling.LAST)).isDeepEqualTo(new float[][] {{8, -1}});
  }

  @Test
  void countsTheRowsThatAPartOfTheTextNeeds() {
    PooledText last = new PooledText(Pooling.LAST, 10, 1);
    assertThat(last.wantedRows(0, 9)).isZero();
    assertThat(last.wantedRows(5, 10)).isEqualTo(1);
    PooledText cls = new PooledText(Pooling.CLS, 10, 1);
    assertThat(cls.wantedRows(0, 4)).isEqualTo(1);
    assertThat(cls.wantedRows(4, 10)).isZero();
    assertThat(new PooledText(Pooling.MEAN, 10, 1).wantedRows(3, 7)).isEqualTo(4);
  }

  @ParameterizedTest
  @EnumSource(value = Pooling.class, mode = EnumSource.Mode.EXCLUDE, names = "RANK")
  void wantsExactlyItsRows(Pooling pooling) {
    PooledText text = new PooledText(pooling, 2, 1);
    assertThatThrownBy(text::vectors)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("got 0");
    for (int position = text.firstRow(); position < text.endRow(); position++) {
      text.add(ROWS, 0);
    }
    assertThatThrownBy(() -> text.add(ROWS, 0))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("got more");
  }

  @Test
  void rankIsNotItsBusiness() {
    assertThatThrownBy(() -> new PooledText(Pooling.RANK, 3, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("pooled text: expected a pooling that makes vectors, got rank");
    assertThatThrownBy(() -> new PooledText(Pooling.MEAN, 0, 2))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
