package dev.jmr.model.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jmr.tensor.TensorType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PerplexityOptionsTest {
  private static PerplexityOptions options(int context, int stride, int batch) {
    return new PerplexityOptions(context, stride, 0, batch, 1, TensorType.F16);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1 | 0 | 0 | 1 | 1 | context: expected at least 3 tokens, got 1",
        "2 | 0 | 0 | 1 | 1 | context: expected at least 3 tokens, got 2",
        "8 | 8 | 0 | 1 | 1 | stride: expected 0 (none) to 7, one less than the context, got 8",
        "8 | -1 | 0 | 1 | 1 | stride: expected 0 (none) to 7, one less than the context, got -1",
        "8 | 0 | -1 | 1 | 1 | chunks: expected at least 0, got -1",
        "8 | 0 | 0 | 0 | 1 | batch tokens: expected at least 1, got 0",
        "8 | 0 | 0 | 1 | 0 | threads: expected at least 1, got 0"
      })
  void refusesWhatMakesNoSense(
      int context, int stride, int chunks, int batch, int threads, String message) {
    assertThatThrownBy(
            () -> new PerplexityOptions(context, stride, chunks, batch, threads, TensorType.F16))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void scoresTheSecondHalfOrTheLastStride() {
    assertThat(options(3, 0, 512).firstScored()).isEqualTo(1);
    assertThat(options(512, 0, 512).firstScored()).isEqualTo(256);
    assertThat(options(512, 1, 512).firstScored()).isEqualTo(510);
    assertThat(options(512, 511, 512).firstScored()).isZero();
  }

  @Test
  void takesMemoryForTheLogitsOfOneBatchOnly() {
    assertThat(options(512, 0, 2048).limits().batchTokens()).isEqualTo(512);
    assertThat(options(512, 0, 2048).limits().batchOutputs()).isEqualTo(255);
    assertThat(options(512, 0, 64).limits().batchOutputs()).isEqualTo(64);
    assertThat(options(512, 10, 64).limits().batchOutputs()).isEqualTo(10);
  }
}
