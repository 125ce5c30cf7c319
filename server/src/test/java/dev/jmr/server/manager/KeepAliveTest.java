package dev.jmr.server.manager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class KeepAliveTest {
  @ParameterizedTest
  @CsvSource({
    "5m,5m0s",
    "300,5m0s",
    "0,0s",
    "-1,-1",
    "-5m,-1",
    "1h30m,1h30m0s",
    "1.5s,1.5s",
    "90s,1m30s",
    "24h,24h0m0s",
    "250ms,0.25s"
  })
  void readsWhatGoReadsAndWritesItAsGoDoes(String text, String written) {
    assertThat(KeepAlive.parse(text)).hasToString(written);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "m", "5 minutes", "1h-", "--1", "-", "5m3", "9999999999"})
  void refusesEverythingElse(String text) {
    assertThatThrownBy(() -> KeepAlive.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("keep_alive: expected a duration such as 5m or 1h30m");
  }
}
