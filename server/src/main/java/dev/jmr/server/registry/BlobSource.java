package dev.jmr.server.registry;

import java.io.IOException;
import java.io.InputStream;

/// Gives the bytes of a blob, as often as they are asked for.
@FunctionalInterface
public interface BlobSource {
  /// The bytes from this offset on; the caller closes the stream.
  InputStream open(long offset) throws IOException;
}
