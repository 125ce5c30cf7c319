package dev.jmr.server.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Supplier;

/// The beginning of a connection that may speak HTTP/1.0, as nginx does to what is behind it unless it is told otherwise.
///
/// Helidon answers HTTP/1.1 only. A first request of 1.0 is read as one of 1.1 after which the connection ends, as 1.0 wants it.
final class OldRequest {
  private static final byte[] OLD = " HTTP/1.0\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] NEW =
      " HTTP/1.1\r\nConnection: close\r\n".getBytes(StandardCharsets.US_ASCII);

  /// No first line that is of any use is longer.
  private static final int MAX_LINE = 16 << 10;

  private OldRequest() {}

  /// The first bytes of a connection, with its whole first line where that is not too long.
  ///
  /// @param more the next bytes, of which there is one at least
  static byte[] begin(Supplier<byte[]> more) {
    byte[] bytes = more.get();
    int end = lineEnd(bytes, 0);
    if (end < 0) {
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      all.writeBytes(bytes);
      while (end < 0 && all.size() < MAX_LINE) {
        int seen = all.size();
        all.writeBytes(more.get());
        bytes = all.toByteArray();
        end = lineEnd(bytes, seen);
      }
    }
    return upgrade(bytes, end);
  }

  private static int lineEnd(byte[] bytes, int from) {
    for (int i = from; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        return i + 1;
      }
    }
    return -1;
  }

  private static byte[] upgrade(byte[] bytes, int end) {
    int start = end - OLD.length;
    if (start < 0 || !Arrays.equals(bytes, start, end, OLD, 0, OLD.length)) {
      return bytes;
    }
    byte[] upgraded = new byte[bytes.length - OLD.length + NEW.length];
    System.arraycopy(bytes, 0, upgraded, 0, start);
    System.arraycopy(NEW, 0, upgraded, start, NEW.length);
    System.arraycopy(bytes, end, upgraded, start + NEW.length, bytes.length - end);
    return upgraded;
  }
}
