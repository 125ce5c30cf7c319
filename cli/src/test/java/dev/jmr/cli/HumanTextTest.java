package dev.jmr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HumanTextTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0B",
    "999, 999B",
    "1000, 1.00kB",
    "98765, 98.77kB",
    "256400000, 256.4MB",
    "1999999999, 2.00GB",
    "9223372036854775807, 9223.4PB"
  })
  void writesSizes(long bytes, String text) {
    assertThat(HumanText.size(bytes)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "PT-5S, just now",
    "PT0.5S, less than a second ago",
    "PT1S, 1 second ago",
    "PT59S, 59 seconds ago",
    "PT1M30S, about a minute ago",
    "PT59M, 59 minutes ago",
    "PT61M, about an hour ago",
    "PT47H, 47 hours ago",
    "P2D, 2 days ago",
    "P13D, 13 days ago",
    "P14D, 2 weeks ago",
    "P60D, 2 months ago",
    "P729D, 24 months ago",
    "P731D, 2 years ago"
  })
  void writesAges(Duration age, String text) {
    Instant now = Instant.parse("2026-11-22T12:00:00Z");
    assertThat(HumanText.age(now.minus(age), now)).isEqualTo(text);
  }

  @Test
  void countsAreRoundedToTwoDigitsOrMore() {
    assertThat(HumanText.count(0)).isEqualTo("0");
    assertThat(HumanText.count(999)).isEqualTo("999");
    assertThat(HumanText.count(1000)).isEqualTo("1.0K");
    assertThat(HumanText.count(345_678)).isEqualTo("346K");
    assertThat(HumanText.count(1_235_000_000)).isEqualTo("1.2B");
  }
}
