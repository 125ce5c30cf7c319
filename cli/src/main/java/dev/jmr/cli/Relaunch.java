package dev.jmr.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jline.utils.Signals;

/// Starts the program once more when its JVM lacks the flags it needs: `java -jar jmr.jar` without them would compute
/// on the slow reference backend, and reach no registry behind a proxy that asks for a password.
///
/// The second JVM gets our flags, all flags and properties of the first, and its standard streams; Ctrl-C reaches it
/// by itself, since both are in the foreground. The first only waits and ends with the same exit code.
final class Relaunch {
  private static final String VECTOR_MODULE = "jdk.incubator.vector";
  private static final String GUARD = "jmr.relaunched";
  private static final String TUNNELING = "jdk.http.auth.tunneling.disabledSchemes";
  private static final List<String> PROXIES = List.of("HTTPS_PROXY", "https_proxy");

  private Relaunch() {}

  /// Whether this JVM was not started by us, and lacks what the command needs: the vector module where it computes, or the
  /// flags that a backend asks for; or the permission to send a password to the proxy that the environment names.
  static boolean needed(boolean computes, Map<String, String> environment) {
    return System.getProperty(GUARD) == null
        && ((computes && lacksFlags(environment))
            || (System.getProperty(TUNNELING) == null && proxyPassword(environment)));
  }

  private static boolean lacksFlags(Map<String, String> environment) {
    return ModuleLayer.boot().findModule(VECTOR_MODULE).isEmpty()
        || !JvmFlags.missing(environment).isEmpty();
  }

  private static boolean proxyPassword(Map<String, String> environment) {
    return PROXIES.stream()
        .anyMatch(variable -> environment.getOrDefault(variable, "").contains("@"));
  }

  /// Runs the command line in a second JVM and returns its exit code.
  static int run(String... arguments) throws IOException, InterruptedException {
    Process child =
        new ProcessBuilder(command(arguments))
            .redirectInput(Redirect.INHERIT)
            .redirectOutput(Redirect.INHERIT)
            .start();
    Thread stop = new Thread(() -> stop(child), "stop");
    Runtime.getRuntime().addShutdownHook(stop);
    Signals.register("INT", () -> {});
    copyErrors(child.getErrorStream());
    return child.waitFor();
  }

  /// When nobody reads our error output any more, the second JVM is to notice that as if it were its own.
  private static void copyErrors(InputStream errors) throws IOException {
    try (errors;
        OutputStream err = new FileOutputStream(FileDescriptor.err)) {
      IncubatorWarning.skip(errors, err);
    } catch (IOException e) {
      errors.close();
    }
  }

  private static List<String> command(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JvmFlags.read());
    command.addAll(JvmFlags.missing(System.getenv()));
    command.addAll(ClassArchive.flags(System.getProperty("java.class.path")));
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.add("-D" + GUARD + "=true");
    command.add("-D" + IncubatorWarning.ERASE + "=false");
    command.add("-D" + Terminals.ERR_PROPERTY + "=" + Terminals.detect().err());
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(Main.class.getName());
    command.addAll(List.of(arguments));
    return command;
  }

  /// When someone ends the first JVM alone, the second goes with it.
  private static void stop(Process child) {
    child.destroy();
    try {
      child.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
