package dev.jmr.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import org.junit.jupiter.api.Test;

class TransferBarTest {
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private Streams streams(boolean terminal) {
    return new Streams(
        InputStream.nullInputStream(),
        OutputStream.nullOutputStream(),
        err,
        new Terminals(false, false, terminal));
  }

  @Test
  void tellsEveryTenthWhereThereIsNoTerminal() {
    try (TransferBar bar = new TransferBar(streams(false), "pulling x")) {
      for (int i = 0; i <= 1000; i++) {
        bar.update(i * 1_000_000L, 1_000_000_000);
      }
    }
    assertThat(err.toString(UTF_8).lines())
        .hasSize(10)
        .startsWith("jmr: pulling x: 100.0MB of 1.00GB")
        .endsWith("jmr: pulling x: 1.00GB of 1.00GB");
  }

  @Test
  void drawsABarOnATerminalAndTakesItAway() {
    try (TransferBar bar =
        new TransferBar(streams(true), "pulling registry.example.com/org/a-long-name:Q4_K_M")) {
      bar.update(250_000_000, 1_000_000_000);
    }
    assertThat(err.toString(UTF_8))
        .contains("pulling  25% [===")
        .contains("250/1000 MB")
        .endsWith(Style.CLEAR_LINE);
  }

  @Test
  void endsWithNothingToTransfer() {
    try (TransferBar bar = new TransferBar(streams(false), "pulling x")) {
      bar.update(0, 0);
    }
    assertThat(err.toString(UTF_8)).isEqualTo("jmr: pulling x: 0B of 0B" + System.lineSeparator());
  }
}
