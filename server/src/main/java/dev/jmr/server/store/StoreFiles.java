package dev.jmr.server.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Files of a store: private to the user (0700, 0600), never through symbolic links, whole or not
/// there.
final class StoreFiles {
  private static final boolean POSIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
  private static final FileAttribute<?>[] DIRECTORY = attributes("rwx------");
  private static final FileAttribute<?>[] FILE = attributes("rw-------");
  private static final Set<OpenOption> UPDATE =
      Set.of(
          StandardOpenOption.CREATE,
          StandardOpenOption.READ,
          StandardOpenOption.WRITE,
          LinkOption.NOFOLLOW_LINKS);
  private static final Set<OpenOption> READ =
      Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);

  private StoreFiles() {}

  private static FileAttribute<?>[] attributes(String permissions) {
    return POSIX
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  /// Makes a folder if it is not there; refuses anything else in its place.
  static void createDirectory(Path directory) throws IOException {
    try {
      Files.createDirectory(directory, DIRECTORY);
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
        throw new StoreException("store: expected a folder at %s".formatted(directory), e);
      }
    }
  }

  /// Makes a folder and those above it.
  static void createDirectories(Path directory) throws IOException {
    Files.createDirectories(directory, DIRECTORY);
  }

  static boolean file(Path path) {
    return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
  }

  /// Whether there is a file of exactly this size.
  static boolean file(Path path, long size) {
    try {
      return file(path) && Files.size(path) == size;
    } catch (IOException e) {
      return false;
    }
  }

  /// A file for reading and writing, made if it is not there.
  static FileChannel openForUpdate(Path path) throws IOException {
    return FileChannel.open(path, UPDATE, FILE);
  }

  /// A file for reading and writing that is there.
  static FileChannel openExisting(Path path) throws IOException {
    return FileChannel.open(
        path, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
  }

  static FileChannel openForReading(Path path) throws IOException {
    return FileChannel.open(path, READ);
  }

  /// A whole file of at most `maxBytes`.
  ///
  /// @throws NoSuchFileException if there is none
  static byte[] read(Path path, int maxBytes) throws IOException {
    try (FileChannel channel = openForReading(path)) {
      long size = channel.size();
      if (size > maxBytes) {
        throw new StoreException(
            "%s: expected at most %d bytes, got %d".formatted(path, maxBytes, size));
      }
      ByteBuffer bytes = ByteBuffer.allocate((int) size);
      while (bytes.hasRemaining() && channel.read(bytes) >= 0) {}
      byte[] read = new byte[bytes.position()];
      bytes.flip().get(read);
      return read;
    }
  }

  /// Replaces a file so that everybody sees all of the old or all of the new one, after a crash
  /// too. One caller at a time: the temporary file has one name, so that crashes do not pile them
  /// up.
  static void writeAtomically(Path target, byte[] bytes) throws IOException {
    Path temporary = target.resolveSibling(target.getFileName() + ".tmp");
    try (FileChannel channel = openForUpdate(temporary)) {
      channel.truncate(0);
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
    replace(temporary, target);
  }

  /// Makes a file with this content if there is none; of several who try, one succeeds and the
  /// others see all of its file.
  static void createOnce(Path target, byte[] bytes) throws IOException {
    Path temporary = target.resolveSibling(target.getFileName() + "." + UUID.randomUUID());
    writeAtomically(temporary, bytes);
    try {
      Files.createLink(target, temporary);
    } catch (FileAlreadyExistsException e) {
      return;
    } catch (UnsupportedOperationException | FileSystemException e) {
      if (!file(target)) {
        Files.copy(temporary, target);
      }
    } finally {
      Files.deleteIfExists(temporary);
    }
    sync(target.toAbsolutePath().getParent());
  }

  /// Renames a file that is on the disk already, and waits until the name is too.
  static void replace(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    sync(to.toAbsolutePath().getParent());
  }

  private static void sync(@Nullable Path directory) throws IOException {
    if (directory != null && POSIX) {
      try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }
}
