package dev.jmr.cli.chat;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// The lines of a stream of events (`text/event-stream`) or of JSON. Source: WHATWG HTML, server-sent events.
final class EventLines {
  private static final int MAX_LINE = 16 << 20;

  private final InputStream in;

  EventLines(InputStream in) {
    this.in = new BufferedInputStream(in);
  }

  /// The next line without its end; empty at the end of the stream.
  ///
  /// @throws IOException if it cannot be read, or the line is too long
  Optional<String> next() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int b = in.read();
    if (b < 0) {
      return Optional.empty();
    }
    for (; b >= 0 && b != '\n'; b = in.read()) {
      if (line.size() == MAX_LINE) {
        throw new IOException("event: expected at most %d bytes, got more".formatted(MAX_LINE));
      }
      line.write(b);
    }
    String text = line.toString(StandardCharsets.UTF_8);
    return Optional.of(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
  }
}
