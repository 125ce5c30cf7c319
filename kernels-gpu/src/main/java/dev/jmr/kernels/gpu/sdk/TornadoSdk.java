package dev.jmr.kernels.gpu.sdk;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/// A TornadoVM SDK on the disk, by what is in its folder. Runs nothing of it.
///
/// @param home its folder
/// @param version of its API: `5.2.0-jdk25`
/// @param graalJars the folder of the compiler's modules
/// @param jars TornadoVM's own and what these need, drivers among them
/// @param drivers those that it has a jar and a native library of
public record TornadoSdk(
    Path home, String version, Path graalJars, List<Path> jars, List<Driver> drivers) {
  private static final String API = "tornado-api-";
  private static final String JAR = ".jar";
  private static final String LINE = "-jdk";

  public TornadoSdk {
    jars = List.copyOf(jars);
    drivers = List.copyOf(drivers);
  }

  /// The SDK in `home`.
  ///
  /// @throws SdkException if it is not complete, or of another Java's line
  public static TornadoSdk of(Path home) {
    List<Path> jars = jars(home, home.resolve("share", "java", "tornado"));
    Path graalJars = home.resolve("share", "java", "graalJars");
    jars(home, graalJars);
    String version = version(home, jars);
    requireLine(home, version);
    List<Driver> drivers =
        Arrays.stream(Driver.values())
            .filter(driver -> jars.stream().anyMatch(jar -> driver.isJar(name(jar))))
            .filter(driver -> Files.isRegularFile(library(home, driver)))
            .toList();
    if (drivers.isEmpty()) {
      throw new SdkException(
          "TornadoVM SDK %s: expected a driver with its library in lib/, got none; install it again"
              .formatted(home));
    }
    return new TornadoSdk(home, version, graalJars, jars, drivers);
  }

  /// The folder of the native libraries.
  public Path libraries() {
    return home.resolve("lib");
  }

  /// The native library of one of [#drivers].
  Path library(Driver driver) {
    return library(home, driver);
  }

  /// The jars that the chosen drivers run with: all but those of other drivers.
  List<Path> jarsFor(List<Driver> chosen) {
    return jars.stream()
        .filter(jar ->
            Arrays.stream(Driver.values())
                .filter(driver -> driver.isJar(name(jar)))
                .allMatch(chosen::contains))
        .toList();
  }

  private static Path library(Path home, Driver driver) {
    return home.resolve("lib", driver.libraryFile());
  }

  private static List<Path> jars(Path home, Path folder) {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + JAR)) {
      files.forEach(found::add);
    } catch (IOException e) {
      throw new SdkException(incomplete(home, home.relativize(folder) + " with jars"), e);
    }
    if (found.isEmpty()) {
      throw new SdkException(incomplete(home, home.relativize(folder) + " with jars"));
    }
    found.sort(Comparator.naturalOrder());
    return found;
  }

  private static String version(Path home, List<Path> jars) {
    return jars.stream()
        .map(TornadoSdk::name)
        .filter(name -> name.startsWith(API))
        .map(name -> name.substring(API.length(), name.length() - JAR.length()))
        .findFirst()
        .orElseThrow(() -> new SdkException(incomplete(home, API + "VERSION" + JAR)));
  }

  /// Each release comes in lines for several Java versions, which have the version's number in their name.
  private static void requireLine(Path home, String version) {
    String ours = LINE + Runtime.version().feature();
    if (version.contains(LINE) && !(version + "-").contains(ours + "-")) {
      throw new SdkException(
          "TornadoVM SDK %s: expected one for this Java, of the line '%s', got %s; install that one"
              .formatted(home, ours.substring(1), version));
    }
  }

  private static String incomplete(Path home, String missing) {
    return "TornadoVM SDK %s: expected %s, got none; is this an SDK's folder?"
        .formatted(home, missing);
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }
}
