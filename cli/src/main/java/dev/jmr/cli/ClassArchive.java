package dev.jmr.cli;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The classes of the jar, parsed and linked already, in `jmr.jsa` beside `jmr.jar`: the build writes it (class-data
/// sharing, a dynamic archive), a JVM that starts maps it.
///
/// A JVM checks that it fits itself and the jar, and does without when not.
final class ClassArchive {
  private static final String JAR = ".jar";

  private ClassArchive() {}

  /// The flags that let a JVM with this class path use the archive; none where there is no archive.
  static List<String> flags(String classPath) {
    if (!classPath.endsWith(JAR) || classPath.contains(File.pathSeparator)) {
      return List.of();
    }
    Path archive = Path.of(classPath.substring(0, classPath.length() - JAR.length()) + ".jsa");
    return Files.isRegularFile(archive)
        ? List.of("-XX:SharedArchiveFile=" + archive, "-Xlog:cds*=off")
        : List.of();
  }
}
