package dev.jmr.bench.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

final class TimeSpanTest {
  @ParameterizedTest
  @CsvSource({"30s,PT30S", "1m30s,PT1M30S", "500ms,PT0.5S", "1.5h,PT1H30M"})
  void readsTimesAsDockersCommandsTakeThem(String text, String duration) {
    assertThat(new TimeSpan().convert(text)).isEqualTo(Duration.parse(duration));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "30", "s", "0s", "-1s", "1d", "1s ", "1..5s"})
  void refusesWhatIsNoTime(String text) {
    assertThatThrownBy(() -> new TimeSpan().convert(text))
        .isInstanceOf(TypeConversionException.class)
        .hasMessage("expected a time such as 30s, 1m30s or 500ms, got '%s'", text);
  }
}
