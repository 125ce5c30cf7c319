package dev.jmr.bench.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

final class NumberListTest {
  @Test
  void readsListsAndRanges() {
    assertThat(NumberList.parse("512").values()).containsExactly(512);
    assertThat(NumberList.parse("1,2,4").values()).containsExactly(1, 2, 4);
    assertThat(NumberList.parse("3-6").values()).containsExactly(3, 4, 5, 6);
    assertThat(NumberList.parse("128-512+128").values()).containsExactly(128, 256, 384, 512);
    assertThat(NumberList.parse("16-256*4,7").values()).containsExactly(16, 64, 256, 7);
    assertThat(NumberList.parse("0").values()).containsExactly(0);
  }

  @Test
  void joinsRepeatedOptions() {
    List<NumberList> lists = List.of(NumberList.parse("1,2"), NumberList.parse("9"));
    assertThat(NumberList.joined(lists, 5)).containsExactly(1, 2, 9);
    assertThat(NumberList.joined(List.of(), 5)).containsExactly(5);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "x", "-1", "1,", "1-", "1-9+0", "1-9*1", "0-9*2", "99999999", "1-16000000"})
  void refusesWhatIsNoListOfSensibleNumbers(String text) {
    assertThatThrownBy(() -> NumberList.parse(text))
        .isInstanceOf(TypeConversionException.class)
        .hasMessageContaining("128-512+128");
  }
}
