package dev.jmr.bench.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RoundsTest {
  @Test
  void everyRoundRepeatsTheWorkAsOften() {
    List<Integer> repetitions = new ArrayList<>();
    double[] times = new Rounds(3, 1, 1).time(repetitions::add);
    assertThat(times).hasSize(3).isSorted();
    assertThat(times[0]).isPositive();
    List<Integer> last = repetitions.subList(repetitions.size() - 3, repetitions.size());
    assertThat(last).allMatch(count -> count.equals(last.getFirst()));
    assertThat(repetitions.getFirst()).isEqualTo(1);
  }

  @Test
  void theMedianIsTheMiddle() {
    assertThat(Rounds.median(new double[] {1, 2, 9})).isEqualTo(2);
    assertThat(Rounds.median(new double[] {1, 2, 4, 9})).isEqualTo(3);
  }
}
