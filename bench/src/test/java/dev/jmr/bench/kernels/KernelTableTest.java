package dev.jmr.bench.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class KernelTableTest {
  @Test
  void showsSpeedAndTheShareOfWhatTheMachineCanDo() {
    assertThat(new KernelTable(TestRuns.run(1000), Optional.empty()).lines())
        .containsExactly(
            "java 25 abacus",
            "peak at 256 bits, 1 thread: read 10.0 GB/s from memory, 100.0 from cache; fma 50.0 GFLOP/s",
            "",
            "| kernel | type | shape  | place  |   T | depth | bits | ns/call | GB/s | of read | GFLOP/s | of fma |",
            "| ------ | ---- | ------ | ------ | ---:| -----:| ----:| -------:| ----:| -------:| -------:| ------:|",
            "| dot    | Q4_K | ffn_up | memory |   1 |     0 |  256 |    1000 | 5.00 |    50 % |   20.00 |   40 % |",
            "| rope   | F32  | 1b     | cache  | 512 |     0 |  256 |    1000 | 5.00 |     5 % |       - |      - |");
  }

  @Test
  void comparesWithAnEarlierRun() {
    List<String> lines =
        new KernelTable(TestRuns.run(1000), Optional.of(TestRuns.run(1500))).lines();
    assertThat(lines.get(3)).endsWith("| speed-up |");
    assertThat(lines.get(5)).endsWith("|     1.50 |");
  }

  @Test
  void saysNothingWhereTheEarlierRunHasNoSuchCase() {
    KernelRun empty = new KernelRun("", List.of(), List.of());
    assertThat(new KernelTable(TestRuns.run(1000), Optional.of(empty)).lines().getLast())
        .endsWith("|        - |");
  }
}
