package dev.jmr.server.log;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The lines of a log from the beginning on, also across its change into `….1`. For one thread. The file need not be there yet.
final class LogTail implements AutoCloseable {
  private static final int MAX_LINE = 1 << 16;

  private final Path file;
  private final ArrayDeque<String> lines = new ArrayDeque<>();
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private final ByteBuffer buffer = ByteBuffer.allocate(1 << 13);
  private @Nullable FileChannel channel;

  /// What is open: which file, or that it is the one before.
  private @Nullable Object key;

  LogTail(Path file) throws IOException {
    this.file = file;
    Path previous = LogFile.previous(file);
    if (Files.exists(previous)) {
      open(previous);
    }
  }

  private void open(Path path) throws IOException {
    close();
    try {
      channel = FileChannel.open(path, StandardOpenOption.READ);
      key = path.equals(file) ? key(path) : null;
    } catch (NoSuchFileException _) {
      key = null;
    }
  }

  private static @Nullable Object key(Path path) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
    return attributes.fileKey() == null ? attributes.creationTime() : attributes.fileKey();
  }

  /// The next whole line, if there is one by now; it stays the next one.
  Optional<String> peek() throws IOException {
    while (lines.isEmpty()) {
      if (!readMore() && !openNext()) {
        return Optional.empty();
      }
    }
    return Optional.of(lines.element());
  }

  /// The line that [#peek] found.
  String take() {
    return lines.remove();
  }

  private boolean readMore() throws IOException {
    FileChannel open = channel;
    if (open == null || open.read(buffer.clear()) <= 0) {
      return false;
    }
    buffer.flip();
    while (buffer.hasRemaining()) {
      byte next = buffer.get();
      if (next == '\n') {
        lines.add(line.toString(StandardCharsets.UTF_8));
        line.reset();
      } else if (line.size() < MAX_LINE) {
        line.write(next);
      }
    }
    return true;
  }

  /// Goes on with the file that there is now, if that is another one.
  private boolean openNext() throws IOException {
    if (!Files.exists(file) || (channel != null && key != null && key.equals(key(file)))) {
      return false;
    }
    open(file);
    return channel != null;
  }

  @Override
  public void close() throws IOException {
    if (channel != null) {
      channel.close();
      channel = null;
    }
  }
}
