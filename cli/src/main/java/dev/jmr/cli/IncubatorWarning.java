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

  private IncubatorWarning() {}

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
