package dev.jmr.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class ByteBarTest {
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private ByteBar bar(boolean terminal) {
    Streams streams =
        new Streams(
            InputStream.nullInputStream(),
            OutputStream.nullOutputStream(),
            err,
            new Terminals(false, false, terminal));
    return new ByteBar(streams, "copying", 4_000_000);
  }

  private static void copy(ByteBar bar) throws Exception {
    byte[] bytes = new byte[2_000_000];
    bar.counts(new ByteArrayInputStream(bytes))
        .transferTo(bar.counts(OutputStream.nullOutputStream()));
  }

  @Test
  void countsWhatIsReadAndWritten() throws Exception {
    try (ByteBar bar = bar(true)) {
      copy(bar);
    }
    assertThat(err.toString(UTF_8)).contains("copying 100% [").contains("4/4 MB");
  }

  @Test
  void saysNothingWhereThereIsNoTerminal() throws Exception {
    try (ByteBar bar = bar(false)) {
      copy(bar);
    }
    assertThat(err.toString(UTF_8)).isEmpty();
  }

  @Test
  void endsWhenItsThreadIsInterrupted() {
    try (ByteBar bar = bar(false)) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> copy(bar)).isInstanceOf(CancellationException.class);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }
}
