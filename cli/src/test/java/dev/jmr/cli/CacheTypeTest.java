package dev.jmr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class CacheTypeTest {
  private static final Pattern CACHE = Pattern.compile("cache ([0-9.]+) MB");

  private static double megabytes(String... options) {
    String[] command = {
      "run", Jmr.SPM, "The answer", "--temp=0", "-n=4", "--ctx=65536", "--verbose"
    };
    Jmr.Result result =
        Jmr.run(Stream.of(command, options).flatMap(Stream::of).toArray(String[]::new));
    assertThat(result.code()).as(result.err()).isZero();
    Matcher cache = CACHE.matcher(result.err());
    assertThat(cache.find()).as(result.err()).isTrue();
    return Double.parseDouble(cache.group(1));
  }

  @Test
  void keysAndValuesTakeTheMemoryOfTheirType() {
    double half = megabytes();
    assertThat(megabytes("-ctk", "f32")).isBetween(1.9 * half, 2.1 * half);
    assertThat(megabytes("--cache-type", "q8_0")).isBetween(0.5 * half, 0.7 * half);
  }
}
