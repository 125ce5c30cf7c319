package dev.jmr.tensor.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jmr.tensor.TensorException;
import org.junit.jupiter.api.Test;

class KvPagesTest {
  private final KvPages pages = new KvPages(2);

  @Test
  void handsOutEachPageOnceUntilNoneIsLeft() {
    assertThat(pages.allocate()).hasValue(0);
    assertThat(pages.allocate()).hasValue(1);
    assertThat(pages.allocate()).isEmpty();
    assertThat(pages.freeCount()).isZero();
  }

  @Test
  void aPageIsFreeWhenItsLastReferenceIsReleased() {
    int page = pages.allocate().orElseThrow();
    pages.retain(page);

    pages.release(page);
    assertThat(pages.freeCount()).isEqualTo(1);
    assertThat(pages.references(page)).isEqualTo(1);

    pages.release(page);
    assertThat(pages.freeCount()).isEqualTo(2);
    assertThat(pages.allocate()).hasValue(page);
  }

  @Test
  void rejectsPagesThatAreNotInUse() {
    assertThatThrownBy(() -> pages.release(1))
        .isInstanceOf(TensorException.class)
        .hasMessage("kv page 1: expected a page in use of 0..1");
    assertThatThrownBy(() -> pages.retain(2)).isInstanceOf(TensorException.class);
  }
}
