package dev.jmr.server.llamaserver;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Remembers the processes that JVMs started, so that a later one ends those whose JVM was killed. Thread-safe, and shared by
/// all JVMs of a user.
///
/// A file for each process, named after its id, tells when it began, and the same of the JVM that owns it: an id alone may
/// belong to another process by now. What cannot be written or read is passed over: at worst a process is left behind.
///
/// @param folder of the files, made when it is needed
record ProcessFiles(Path folder) {
  private static final System.Logger LOG = System.getLogger(ProcessFiles.class.getName());
  private static final Pattern NAME = Pattern.compile("[0-9]{1,18}");

  /// The beginnings of the process and of its owner, in milliseconds, and the owner's id.
  private static final Pattern TEXT =
      Pattern.compile("(-?[0-9]{1,18}) ([0-9]{1,18}) (-?[0-9]{1,18})\n");

  private static final int MAX_BYTES = 64;

  /// The system tells the beginning of a process by its clock, which may have been set meanwhile.
  private static final long CLOCK_MILLIS = 2_000;

  private static final Duration DYING = Duration.ofSeconds(5);

  /// Remembers a process that this JVM has started.
  void add(ProcessHandle process) {
    ProcessHandle owner = ProcessHandle.current();
    Optional<Long> began = began(process);
    Optional<Long> ownerBegan = began(owner);
    if (began.isEmpty() || ownerBegan.isEmpty()) {
      return;
    }
    try {
      Files.createDirectories(folder);
      Path draft = folder.resolve(process.pid() + ".part");
      Files.writeString(draft, "%d %d %d\n".formatted(began.get(), owner.pid(), ownerBegan.get()));
      Files.move(draft, file(process.pid()), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "llama-server cannot be remembered", e);
    }
  }

  /// Forgets a process that has ended.
  void remove(long id) {
    delete(file(id));
  }

  private Path file(long id) {
    return folder.resolve(Long.toString(id));
  }

  private static Optional<Long> began(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toEpochMilli);
  }

  /// Ends all processes whose owner is gone, and waits a moment until they are.
  ///
  /// @return their ids
  List<Long> endAbandoned() {
    List<Long> ended = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        if (NAME.matcher(file.getFileName().toString()).matches()) {
          end(file).ifPresent(ended::add);
        }
      }
    } catch (NoSuchFileException _) {
      // No process was ever started.
    } catch (IOException | DirectoryIteratorException e) {
      LOG.log(System.Logger.Level.DEBUG, "processes that were left behind cannot be listed", e);
    }
    return ended;
  }

  /// Ends the process of that file, unless its owner runs.
  private static Optional<Long> end(Path file) throws IOException {
    Matcher text = TEXT.matcher(read(file));
    if (!text.matches()) {
      delete(file);
      return Optional.empty();
    }
    if (find(Long.parseLong(text.group(2)), Long.parseLong(text.group(3))).isPresent()) {
      return Optional.empty();
    }
    long id = Long.parseLong(file.getFileName().toString());
    Optional<ProcessHandle> abandoned = find(id, Long.parseLong(text.group(1)));
    abandoned.ifPresent(ProcessFiles::end);
    delete(file);
    return abandoned.map(ProcessHandle::pid);
  }

  private static String read(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      return new String(in.readNBytes(MAX_BYTES), StandardCharsets.US_ASCII);
    } catch (NoSuchFileException _) {
      return "";
    }
  }

  /// The process of that id, if it is the one that began then.
  private static Optional<ProcessHandle> find(long id, long beganMillis) {
    return ProcessHandle.of(id)
        .filter(ProcessHandle::isAlive)
        .filter(process ->
            began(process)
                .filter(found -> Math.abs(found - beganMillis) <= CLOCK_MILLIS)
                .isPresent());
  }

  /// Also what it started: the program may be a script.
  private static void end(ProcessHandle process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    try {
      process.onExit().get(DYING.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.log(System.Logger.Level.WARNING, "process " + process.pid() + " does not end", e);
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "a process cannot be forgotten", e);
    }
  }
}
