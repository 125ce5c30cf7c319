package dev.jmr.cli;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CancellationException;
import java.util.function.LongConsumer;

/// A bar for bytes that stay on this machine; nothing where there is no terminal. One thread calls
/// it.
final class ByteBar implements LongConsumer, AutoCloseable {
  private final Streams streams;
  private final TransferBar bar;
  private final long total;
  private long done;

  /// @param task what is done, in one word
  /// @param total bytes in all, about
  ByteBar(Streams streams, String task, long total) {
    this.streams = streams;
    this.bar = new TransferBar(streams, task);
    this.total = total;
  }

  /// So many more bytes are done.
  ///
  /// @throws CancellationException if the thread was interrupted, which reading and writing files
  ///     does not notice by itself
  @Override
  public void accept(long more) {
    if (Thread.currentThread().isInterrupted()) {
      throw new CancellationException("interrupted");
    }
    done += more;
    if (streams.terminals().err()) {
      bar.update(Math.min(done, total), total);
    }
  }

  /// A stream that tells what is read from it.
  InputStream counts(InputStream stream) {
    return new FilterInputStream(stream) {
      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = in.read(bytes, offset, length);
        accept(Math.max(0, read));
        return read;
      }
    };
  }

  /// A stream that tells what is written to it.
  OutputStream counts(OutputStream stream) {
    return new FilterOutputStream(stream) {
      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
        accept(length);
      }
    };
  }

  @Override
  public void close() {
    bar.close();
  }
}
