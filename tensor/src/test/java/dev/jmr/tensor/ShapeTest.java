package dev.jmr.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ShapeTest {
  @Test
  void listsAxesOutermostFirst() {
    Shape shape = Shape.of(8, 3, 64);

    assertThat(shape.columns()).isEqualTo(64);
    assertThat(shape.rows()).isEqualTo(24);
    assertThat(shape).hasToString("[8, 3, 64]");
  }

  @Test
  void rejectsElementCountsThatOverflow() {
    assertThatThrownBy(() -> Shape.of(1L << 40, 1L << 40))
        .isInstanceOf(ShapeMismatchException.class)
        .hasMessageContaining("does not fit 63 bits");
    assertThatThrownBy(() -> Shape.of(1L << 32, 1L << 31)).isInstanceOf(TensorException.class);
  }

  @Test
  void rejectsAxesThatAreNotPositive() {
    assertThatThrownBy(() -> Shape.of(4, 0))
        .hasMessage("shape: expected positive axes, got [4, 0]");
  }
}
