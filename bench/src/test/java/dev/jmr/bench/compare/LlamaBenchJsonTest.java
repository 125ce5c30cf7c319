package dev.jmr.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jmr.bench.run.TestCase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LlamaBenchJsonTest {
  private static final String PROMPT =
      """
      {
        "build_commit": "de3ff81", "backends": "CPU", "model_type": "llama 1B Q4_K - Medium",
        "n_threads": 2, "cpu_strict": false, "n_prompt": 16, "n_gen": 0, "n_depth": 32,
        "avg_ts": 147.204781, "samples_ns": [ 106010583, 111512840 ], "extra": {"a": [1]}
      }
      """;

  @Test
  void readsArraysAndLines() {
    Measured expected =
        new Measured(
            new TestCase(16, 0, 32), 147.204781, "de3ff81 CPU", "llama 1B Q4_K - Medium", 2);
    assertThat(LlamaBenchJson.read("[" + PROMPT + "," + PROMPT + "]"))
        .containsExactly(expected, expected);
    assertThat(LlamaBenchJson.read(PROMPT + "\n" + PROMPT)).containsExactly(expected, expected);
  }

  @Test
  void readsWhatOlderOnesLeaveOut() {
    assertThat(LlamaBenchJson.read("{\"n_prompt\":0,\"n_gen\":4,\"avg_ts\":2.5}"))
        .containsExactly(new Measured(new TestCase(0, 4, 0), 2.5, "", "", 0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "| model | size |",
        "[]",
        "[{\"n_prompt\": 1}]",
        "{\"n_prompt\":1,\"n_gen\":0,\"avg_ts\":0}",
        "{\"n_prompt\":1,\"n_gen\":0,\"avg_ts\":\"NaN\"}",
        "{\"n_prompt\":-1,\"n_gen\":0,\"avg_ts\":1}",
        "{\"n_prompt\":1,\"n_gen\":0,\"avg_ts\":1",
        "42"
      })
  void refusesEverythingElse(String text) {
    assertThatThrownBy(() -> LlamaBenchJson.read(text))
        .hasMessageStartingWith(
            "expected llama-bench's JSON with n_prompt, n_gen and avg_ts, got: ");
  }
}
