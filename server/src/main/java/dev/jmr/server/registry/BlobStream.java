package dev.jmr.server.registry;

import java.io.IOException;
import java.io.InputStream;

/// The bytes of a blob from some offset to its end. Whoever gets it closes it.
///
/// @param offset of the first byte: what was asked for, or 0 if the registry cannot begin elsewhere
/// @param bytes fails with an [IOException] when the connection is cut or nothing comes for too
///     long
public record BlobStream(long offset, InputStream bytes) implements AutoCloseable {
  @Override
  public void close() throws IOException {
    bytes.close();
  }
}
