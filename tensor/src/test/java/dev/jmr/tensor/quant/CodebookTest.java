package dev.jmr.tensor.quant;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CodebookTest {
  static Stream<Arguments> codebooks() {
    return Stream.of(
        Arguments.of("IQ2_XXS", IQ2_XXS_Codebook.POINTS, 256, 8),
        Arguments.of("IQ2_XS", IQ2_XS_Codebook.POINTS, 512, 8),
        Arguments.of("IQ2_S", IQ2_S_Codebook.POINTS, 1024, 8),
        Arguments.of("IQ3_XXS", IQ3_XXS_Codebook.POINTS, 256, 4),
        Arguments.of("IQ3_S", IQ3_S_Codebook.POINTS, 512, 4),
        Arguments.of("IQ1", IQ1_Codebook.POINTS, 2048, 8));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("codebooks")
  void hasADifferentPointForEveryCode(String name, Codebook codebook, int size, int dimensions) {
    Set<String> points = new HashSet<>();
    for (int code = 0; code < size; code++) {
      int point = code;
      points.add(
          IntStream.range(0, dimensions)
              .mapToObj(i -> codebook.element(point, i) + " ")
              .toList()
              .toString());
    }

    assertThat(codebook.size()).as(name).isEqualTo(size);
    assertThat(points).hasSize(size);
  }

  @Test
  void mapsDigitsToLevels() {
    Codebook codebook = Codebook.parse(2, new int[] {-1, 0, 7}, "00 12\n21");
    float[] decoded = {9, 9, 9};

    codebook.decode(1, 0b10, 0.5f, decoded, 1);

    assertThat(codebook.size()).isEqualTo(3);
    assertThat(decoded).containsExactly(9, 0, -3.5f);
  }

  @Test
  void completesSignsToAnEvenNumberOfMinuses() {
    assertThat(Signs.completeToEven(0b0000000)).isEqualTo(0b00000000);
    assertThat(Signs.completeToEven(0b0000100)).isEqualTo(0b10000100);
    assertThat(Signs.completeToEven(0b1000100)).isEqualTo(0b01000100);
    assertThat(Signs.completeToEven(0b1111111)).isEqualTo(0b11111111);
  }
}
