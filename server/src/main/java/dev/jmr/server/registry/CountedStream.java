package dev.jmr.server.registry;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.function.LongConsumer;

/// A stream that ends after some bytes and tells how many were read.
final class CountedStream extends FilterInputStream {
  private final long limit;
  private final LongConsumer progress;
  private long count;

  private CountedStream(InputStream in, long limit, LongConsumer progress) {
    super(in);
    this.limit = limit;
    this.progress = progress;
  }

  /// So many bytes of a source.
  static InputStream open(BlobSource source, long offset, long length, LongConsumer progress) {
    try {
      return new CountedStream(source.open(offset), length, progress);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (count >= limit) {
      return -1;
    }
    int read = in.read(buffer, offset, (int) Math.min(length, limit - count));
    if (read > 0) {
      count += read;
      progress.accept(count);
    }
    return read;
  }
}
