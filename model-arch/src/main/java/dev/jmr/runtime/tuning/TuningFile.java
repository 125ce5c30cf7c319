package dev.jmr.runtime.tuning;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.jmr.runtime.EngineException;
import dev.jmr.runtime.UserFolders;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/// The file that keeps tunings from run to run, of several kinds of model side by side. It is replaced as a whole, so that
/// a reader sees the old one or the new one.
///
/// @param path where it lies; it need not exist
public record TuningFile(Path path) {
  private static final long MAX_BYTES = 1 << 20;

  /// Where the user's is.
  public static Path ofThisUser() {
    return UserFolders.ofThisUser().config().resolve("tuning.json");
  }

  /// All entries; none if there is no file.
  ///
  /// @throws EngineException in one line, if the file cannot be read or is not what we write
  public List<TuningEntry> read() {
    if (!Files.exists(path)) {
      return List.of();
    }
    try {
      long size = Files.size(path);
      if (!Files.isRegularFile(path) || size > MAX_BYTES) {
        throw new IOException("expected a file of at most %d bytes".formatted(MAX_BYTES));
      }
      return TuningJson.parse(Files.readAllBytes(path));
    } catch (IOException e) {
      String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      throw new EngineException(
          "%s: expected what jmr bench tune writes: %s; remove it, or name another with --tuning"
              .formatted(path, reason),
          e);
    }
  }

  /// Puts an entry in the place of the one with the same key, or beside the others.
  ///
  /// @throws EngineException if the file cannot be read or written
  public void put(TuningEntry entry) {
    List<TuningEntry> entries = without(entry.key());
    entries.add(entry);
    write(entries);
  }

  /// Removes the entry of `key`; whether there was one.
  ///
  /// @throws EngineException if the file cannot be read or written
  public boolean remove(TuningKey key) {
    List<TuningEntry> entries = without(key);
    boolean found = entries.size() < read().size();
    if (found) {
      write(entries);
    }
    return found;
  }

  private List<TuningEntry> without(TuningKey key) {
    List<TuningEntry> entries = new ArrayList<>(read());
    entries.removeIf(entry -> entry.key().equals(key));
    return entries;
  }

  private void write(List<TuningEntry> entries) {
    Path target = path.toAbsolutePath();
    try {
      Files.createDirectories(target.getParent());
      Path next = Files.createTempFile(target.getParent(), "tuning", ".part");
      try {
        Files.write(next, json(entries));
        Files.move(
            next, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(next);
      }
    } catch (IOException e) {
      throw new EngineException("%s: cannot be written: %s".formatted(path, e), e);
    }
  }

  private static byte[] json(List<TuningEntry> entries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = new JsonFactory().createGenerator(bytes)) {
      TuningJson.write(json, entries);
    }
    bytes.write('\n');
    return bytes.toByteArray();
  }
}
