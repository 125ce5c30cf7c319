package dev.jmr.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/// The line that every JVM with an incubator module begins with, and that no flag turns off. It means nothing to users.
final class IncubatorWarning {
  private static final byte[] LINE =
      "WARNING: Using incubator modules: jdk.incubator.vector".getBytes(StandardCharsets.US_ASCII);

  private static final int END = -1;

  /// Set by the `jmr` script where the JVM's errors go to a terminal.
  static final String ERASE = "jmr.erase";

  /// To the line above, and empty it.
  private static final String EMPTY_LINE_ABOVE = "\u001b[1A\r\u001b[2K";

  private IncubatorWarning() {}

  /// Takes the line back from the terminal that this JVM has just written it to. To be called before anything is written.
  static void takeBack() {
    if (Boolean.getBoolean(ERASE)) {
      System.err.print(EMPTY_LINE_ABOVE);
      System.err.flush();
    }
  }

  /// Copies everything as it comes, except the warning where it is the whole first line.
  static void skip(InputStream source, OutputStream target) throws IOException {
    int matched = 0;
    int next = source.read();
    while (matched < LINE.length && next == LINE[matched]) {
      matched++;
      next = source.read();
    }
    if (matched == LINE.length && next == '\r') {
      next = source.read();
    }
    if (matched < LINE.length || (next != '\n' && next != END)) {
      target.write(LINE, 0, matched);
      if (next != END) {
        target.write(next);
      }
    }
    source.transferTo(target);
  }
}
