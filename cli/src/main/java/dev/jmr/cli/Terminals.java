package dev.jmr.cli;

import java.io.Console;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Which of the standard streams are terminals.
record Terminals(boolean in, boolean out, boolean err) {
  /// Tells the restarted JVM, whose error output runs through its parent, whether it ends in a terminal.
  static final String ERR_PROPERTY = "jmr.err.terminal";

  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
  private static final String TEST =
      "r=0; test -t 0 && r=1; test -t 1 && r=$((r+2)); test -t 2 && r=$((r+4)); exit $r";

  /// None of them.
  static final Terminals NONE = new Terminals(false, false, false);

  /// Finds out without native code of our own: from `/proc`, else from a shell, else from the JDK's console.
  static Terminals detect() {
    Terminals found = detectHere();
    String err = System.getProperty(ERR_PROPERTY);
    return err == null ? found : new Terminals(found.in, found.out, Boolean.parseBoolean(err));
  }

  private static Terminals detectHere() {
    if (Files.isDirectory(DESCRIPTORS)) {
      return new Terminals(isTerminal(0), isTerminal(1), isTerminal(2));
    }
    if (Files.isExecutable(Path.of("/bin/sh"))) {
      return askShell();
    }
    boolean console = Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    return new Terminals(console, console, console);
  }

  private static boolean isTerminal(int descriptor) {
    try {
      String target =
          Files.readSymbolicLink(DESCRIPTORS.resolve(Integer.toString(descriptor))).toString();
      return target.startsWith("/dev/pts/")
          || target.startsWith("/dev/tty")
          || target.startsWith("/dev/console");
    } catch (IOException e) {
      return false;
    }
  }

  private static Terminals askShell() {
    try {
      Process shell =
          new ProcessBuilder("/bin/sh", "-c", TEST)
              .redirectInput(Redirect.INHERIT)
              .redirectOutput(Redirect.INHERIT)
              .redirectError(Redirect.INHERIT)
              .start();
      int bits = shell.waitFor();
      return new Terminals((bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0);
    } catch (IOException e) {
      return NONE;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return NONE;
    }
  }
}
