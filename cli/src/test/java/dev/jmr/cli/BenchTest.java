package dev.jmr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// `jmr bench` as the user calls it; what it measures is tested beside it.
final class BenchTest {
  private static Jmr.Result bench(String... more) {
    String[] arguments = new String[more.length + 3];
    arguments[0] = "bench";
    arguments[1] = "-m";
    arguments[2] = Jmr.Q4_K_M;
    System.arraycopy(more, 0, arguments, 3, more.length);
    return Jmr.run(arguments);
  }

  @Test
  void measuresAModelAndIgnoresOptionsOfLlamaBench() {
    Jmr.Result result =
        bench("-p", "4", "-n", "2", "-r", "1", "--no-warmup", "--no-bandwidth", "-ngl", "99");
    assertThat(result.code()).isZero();
    assertThat(result.out()).contains(" pp4 |", " tg2 |", "Q4_K - Medium");
    assertThat(result.err()).contains("note: -ngl is ignored: layers are not split");
  }

  @Test
  void refusesWhatItCannotMeasure() {
    Jmr.Result result = bench("-embd", "1");
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err())
        .contains("jmr: -embd: not an option of jmr bench: embeddings are not measured");
  }
}
