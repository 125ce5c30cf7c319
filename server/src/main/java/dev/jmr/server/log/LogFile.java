package dev.jmr.server.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/// A file that lines are added to. When it is full it becomes `….1`, in the place of an earlier one, and a new one begins: it
/// never takes more than twice that much disk. Thread-safe; what cannot be written is lost.
///
/// Only its owner can read it, and it is not written through a symbolic link.
public final class LogFile implements AutoCloseable {
  /// As Docker Model Runner calls it.
  static final String NAME = "inference.log";

  private static final long MAX_BYTES = 10L << 20;
  private static final Set<OpenOption> APPEND =
      Set.of(
          StandardOpenOption.CREATE,
          StandardOpenOption.WRITE,
          StandardOpenOption.APPEND,
          LinkOption.NOFOLLOW_LINKS);

  private final Path file;
  private final long maxBytes;
  private FileChannel channel;

  private LogFile(Path file, long maxBytes) throws IOException {
    this.file = file;
    this.maxBytes = maxBytes;
    this.channel = open(file);
  }

  /// The log in a folder, which is made if need be.
  ///
  /// @throws UncheckedIOException if it cannot be written there
  public static LogFile in(Path folder) {
    return in(folder, MAX_BYTES);
  }

  static LogFile in(Path folder, long maxBytes) {
    try {
      if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
        Files.createDirectories(folder, permissions("rwx------"));
      }
      return new LogFile(folder.resolve(NAME), maxBytes);
    } catch (IOException e) {
      throw new UncheckedIOException(folder + ": cannot be logged to", e);
    }
  }

  private static FileAttribute<?>[] permissions(String text) {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text))
        }
        : new FileAttribute<?>[0];
  }

  private static FileChannel open(Path file) throws IOException {
    return FileChannel.open(file, APPEND, permissions("rw-------"));
  }

  /// The file that grows.
  Path path() {
    return file;
  }

  /// The one before it.
  static Path previous(Path file) {
    return file.resolveSibling(file.getFileName() + ".1");
  }

  /// Adds a text that ends with a line break.
  synchronized void append(String text) {
    try {
      if (channel.isOpen() && channel.size() > maxBytes) {
        channel.close();
        Files.move(file, previous(file), StandardCopyOption.REPLACE_EXISTING);
        channel = open(file);
      }
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException _) {
      // A full disk must not stop the server.
    }
  }

  @Override
  public synchronized void close() {
    try {
      channel.close();
    } catch (IOException _) {
      // There is nothing left to write.
    }
  }
}
