package dev.jmr.cli;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// Where a command reads and writes, in UTF-8 whatever the locale, and which of these are terminals.
///
/// Writing to an output that was closed on the other side throws [ClosedOutputException], so that a command does not
/// go on computing for nobody. For one thread at a time.
final class Streams {
  /// What systems say of a disk that is full.
  private static final String FULL = "No space left";

  private final InputStream in;
  private final PrintWriter out;
  private final PrintWriter err;
  private final Terminals terminals;

  /// @param terminals which of the three are terminals
  Streams(InputStream in, OutputStream out, OutputStream err, Terminals terminals) {
    this.in = in;
    this.out = writer(new OpenOutput(out));
    this.err = writer(err);
    this.terminals = terminals;
  }

  /// The streams of the process.
  static Streams system() {
    return new Streams(
        new FileInputStream(FileDescriptor.in),
        new FileOutputStream(FileDescriptor.out),
        new FileOutputStream(FileDescriptor.err),
        Terminals.detect());
  }

  Terminals terminals() {
    return terminals;
  }

  /// Buffered: [#flush] brings what was written to the reader.
  PrintWriter outWriter() {
    return out;
  }

  PrintWriter errWriter() {
    return err;
  }

  /// Everything on the standard input.
  String readAll() {
    try {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("standard input cannot be read: " + e.getMessage(), e);
    }
  }

  /// The next line of the standard input, without its end; empty if there is none.
  String readLine() {
    try {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
        line.write(b);
      }
      return line.toString(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("standard input cannot be read: " + e.getMessage(), e);
    }
  }

  /// Writes to the output at once.
  void print(String text) {
    out.print(text);
    out.flush();
  }

  /// Writes a line about what goes on, prefixed with our name, to the error output.
  void note(String line) {
    out.flush();
    err.println("jmr: " + line);
    err.flush();
  }

  /// Writes to the error output at once, as it is.
  void printError(String text) {
    out.flush();
    err.print(text);
    err.flush();
  }

  void flush() {
    out.flush();
    err.flush();
  }

  private static PrintWriter writer(OutputStream stream) {
    return new PrintWriter(
        new OutputStreamWriter(new BufferedOutputStream(stream), StandardCharsets.UTF_8), false);
  }

  /// Turns the failure of a write into an exception that a print writer lets through.
  private static final class OpenOutput extends FilterOutputStream {
    OpenOutput(OutputStream stream) {
      super(stream);
    }

    /// A full disk is told; that nobody reads any more is not.
    private static RuntimeException broken(IOException e) {
      String message = String.valueOf(e.getMessage());
      return message.startsWith(FULL)
          ? new CliException("output: " + message, e)
          : new ClosedOutputException(e);
    }

    @Override
    public void write(int b) {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      try {
        out.write(bytes, offset, length);
      } catch (IOException e) {
        throw broken(e);
      }
    }

    @Override
    public void flush() {
      try {
        out.flush();
      } catch (IOException e) {
        throw broken(e);
      }
    }
  }
}
