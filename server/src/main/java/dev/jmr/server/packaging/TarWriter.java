package dev.jmr.server.packaging;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/// Writes a tar archive of files: the same names and bytes give the same archive. Not for several
/// threads; the stream stays the caller's.
final class TarWriter {
  private static final int END_BLOCKS = 2;

  private final OutputStream out;

  TarWriter(OutputStream out) {
    this.out = out;
  }

  /// Adds a file.
  ///
  /// @param size of the content, which must give exactly so many bytes
  void file(String name, long size, InputStream content) throws IOException {
    out.write(TarHeader.ofFile(name, size));
    long written = content.transferTo(out);
    if (written != size) {
      throw new IOException(
          "archive: %s: expected %d bytes, got %d".formatted(name, size, written));
    }
    out.write(new byte[(int) (-size & (TarHeader.BLOCK - 1))]);
  }

  /// Ends the archive.
  void finish() throws IOException {
    out.write(new byte[END_BLOCKS * TarHeader.BLOCK]);
    out.flush();
  }
}
