package dev.jmr.tensor.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jmr.tensor.TensorException;
import dev.jmr.tensor.backend.BackendSetting.Range;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BackendSettingTest {
  private static final BackendSetting ROWS = setting("rows", 96, 96, 192);
  private static final BackendSetting CHUNK = setting("chunk", 96, 48);

  private static BackendSetting setting(String name, int standard, Integer... candidates) {
    return new BackendSetting(
        name, "", standard, new Range(48, 480, 48), List.of(candidates), Set.of(Workload.PROMPT));
  }

  @Test
  void fillsInTheStandardOfWhatIsNotGiven() {
    assertThat(BackendSetting.complete(List.of(ROWS, CHUNK), Map.of("rows", 480)))
        .containsExactly(Map.entry("rows", 480), Map.entry("chunk", 96));
  }

  @Test
  void refusesValuesOutsideTheRange() {
    for (int value : new int[] {0, 47, 50, 528, -48, Integer.MAX_VALUE}) {
      assertThatThrownBy(() -> BackendSetting.complete(List.of(ROWS), Map.of("rows", value)))
          .isInstanceOf(TensorException.class)
          .hasMessage("setting rows: expected a multiple of 48, 48 to 480, got " + value);
    }
    assertThatThrownBy(() -> setting("odd", 96, 97)).hasMessageContaining("setting odd: expected");
  }

  @Test
  void refusesSettingsThatAreNotDeclaredAndNamesThoseThatAre() {
    assertThatThrownBy(
            () -> BackendSetting.complete(List.of(ROWS, CHUNK), Map.of("rows", 96, "colour", 1)))
        .hasMessage("setting 'colour' is not one of this backend; it has: rows, chunk");
    assertThatThrownBy(() ->
            Backends.named(Backends.candidates(), "reference")
                .open(new BackendOptions(1, false, Map.of("rows", 1))))
        .isInstanceOf(TensorException.class)
        .hasMessage("setting 'rows' is not one of this backend; it has: none");
  }
}
