package dev.jmr.kernels.gpu.sdk;

import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.lang.module.ModuleFinder;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// How the start of an SDK in this JVM went. It is tried once, when it is first asked for; whatever goes wrong is caught here
/// and put into words, since each thing that may be missing shows itself as another kind of error.
public sealed interface SdkStart {
  /// Our packages whose classes are written against TornadoVM's API, with all below them. Other classes must not link to
  /// theirs: they are found through [SdkRuntime#loader].
  List<String> PACKAGES = List.of("dev.jmr.kernels.gpu.tornado");

  /// It runs.
  record Started(SdkRuntime runtime) implements SdkStart {}

  /// It cannot be used.
  ///
  /// @param reason what is missing and how to get it
  record Refused(String reason) implements SdkStart {}

  /// The start of the SDK that the environment of this process leads to.
  static SdkStart here() {
    return Once.RESULT;
  }

  /// The SDK that `environment` leads to, as far as files tell.
  ///
  /// @throws SdkException if there is none, or none that can be used
  static TornadoSdk sdk(Map<String, String> environment) {
    TornadoSdk sdk =
        TornadoSdk.of(SdkSearch.find(environment, Path.of(System.getProperty("user.home", ""))));
    if (ModuleFinder.ofSystem().find(SdkFlags.JVMCI).isEmpty()) {
      throw new SdkException(
          "TornadoVM %s: expected a Java with the module %s, got one without; use an OpenJDK"
              .formatted(sdk.version(), SdkFlags.JVMCI));
    }
    return sdk;
  }

  /// Why an SDK cannot be started in a JVM without [SdkFlags].
  static String withoutFlags(TornadoSdk sdk) {
    return "the TornadoVM SDK %s is there, but this JVM was started without the flags for it; start it with ./jmr or java -jar jmr.jar"
        .formatted(sdk.version());
  }

  private static SdkStart attempt(Map<String, String> environment) {
    try {
      TornadoSdk sdk = sdk(environment);
      if (!SdkFlags.present(sdk)) {
        return new Refused(withoutFlags(sdk));
      }
      return start(sdk);
    } catch (SdkException e) {
      return new Refused(String.valueOf(e.getMessage()));
    }
  }

  private static SdkStart start(TornadoSdk sdk) {
    List<Driver> working = sdk.drivers().stream().filter(driver -> loads(sdk, driver)).toList();
    if (working.isEmpty()) {
      return new Refused(
          "TornadoVM SDK %s: its library for %s cannot be loaded; install the device's driver (for OpenCL also its loader, libOpenCL.so.1)"
              .formatted(sdk.version(), Driver.labels(sdk.drivers())));
    }
    return started(sdk, working);
  }

  /// Whether a driver's native library, and what it needs in turn, are there. TornadoVM would not start without those of any
  /// driver that it is given.
  @SuppressWarnings("restricted")
  private static boolean loads(TornadoSdk sdk, Driver driver) {
    try (Arena arena = Arena.ofConfined()) {
      SymbolLookup.libraryLookup(sdk.library(driver), arena);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /// Everything that can be thrown is: classes that are missing, initializers that fail, libraries, the JVM itself.
  private static SdkStart started(TornadoSdk sdk, List<Driver> drivers) {
    try {
      SdkRuntime runtime = SdkRuntime.start(sdk, drivers);
      return runtime.devices().isEmpty()
          ? new Refused(
              "TornadoVM %s found no device; install the driver of one".formatted(sdk.version()))
          : new Started(runtime);
    } catch (Throwable e) {
      return new Refused("TornadoVM %s does not start: %s".formatted(sdk.version(), innermost(e)));
    }
  }

  /// Initializers and reflection wrap what went wrong.
  private static String innermost(Throwable thrown) {
    Throwable cause = thrown;
    while (cause.getCause() != null
        && (cause instanceof InvocationTargetException
            || cause instanceof ExceptionInInitializerError
            || cause instanceof ReflectiveOperationException)) {
      cause = cause.getCause();
    }
    return cause.toString();
  }

  /// Holds the result: a class is initialized once, by one thread.
  final class Once {
    private static final SdkStart RESULT = attempt(System.getenv());

    private Once() {}
  }
}
