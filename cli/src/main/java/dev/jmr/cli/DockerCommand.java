package dev.jmr.cli;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `jmr docker`: makes `docker model …` run our commands.
@Command(
    name = "docker",
    sortOptions = false,
    description = "Makes 'docker model …' and Compose use JMR: install, or uninstall.")
final class DockerCommand implements Callable<Integer> {
  private static final String MARK = "# Docker CLI plugin of JMR, written by 'jmr docker install'";
  private static final String ASIDE = "docker-model.before-jmr";

  private final Context context;

  /// What to do.
  enum Action {
    INSTALL,
    UNINSTALL
  }

  @Parameters(index = "0", paramLabel = "install|uninstall", description = "What to do.")
  private Action action = Action.INSTALL;

  @Option(
      names = "--force",
      description =
          "Put another docker-model plugin aside (as " + ASIDE + "); uninstalling brings it back.")
  private boolean force;

  DockerCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    Path folder = folder();
    try {
      if (action == Action.INSTALL) {
        install(folder);
      } else {
        uninstall(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("docker plugin in %s: %s".formatted(folder, e), e);
    }
    return 0;
  }

  private static Path folder() {
    return Optional.ofNullable(System.getenv("DOCKER_CONFIG"))
        .filter(config -> !config.isBlank())
        .map(Path::of)
        .orElseGet(() -> Path.of(System.getProperty("user.home"), ".docker"))
        .resolve("cli-plugins");
  }

  private void install(Path folder) throws IOException {
    if (System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("win")) {
      throw new CliException(
          "docker plugin: expected a system with /bin/sh, got Windows, where Docker wants an .exe file; use jmr itself");
    }
    Files.createDirectories(folder);
    Path plugin = folder.resolve("docker-model");
    if (Files.exists(plugin) && !ours(plugin)) {
      if (!force) {
        throw new CliException(
            plugin + ": there is another plugin of this name; --force puts it aside");
      }
      Files.move(plugin, folder.resolve(ASIDE), StandardCopyOption.REPLACE_EXISTING);
    }
    Path temporary = Files.createTempFile(folder, "docker-model", ".tmp");
    Files.writeString(temporary, script());
    Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.move(
        temporary, plugin, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    context.streams().outWriter().println(plugin + " installed; try: docker model ls");
  }

  private void uninstall(Path folder) throws IOException {
    Path plugin = folder.resolve("docker-model");
    if (!Files.exists(plugin) || !ours(plugin)) {
      throw new CliException(plugin + ": expected the plugin of JMR, got none; nothing was done");
    }
    Files.delete(plugin);
    Path aside = folder.resolve(ASIDE);
    boolean back = Files.exists(aside);
    if (back) {
      Files.move(aside, plugin);
    }
    context
        .streams()
        .outWriter()
        .println(plugin + (back ? ": the former plugin is back" : " removed"));
  }

  private static boolean ours(Path plugin) throws IOException {
    byte[] start = new byte[256];
    try (InputStream in = Files.newInputStream(plugin)) {
      int count = in.readNBytes(start, 0, start.length);
      return new String(start, 0, count, StandardCharsets.UTF_8).contains(MARK);
    }
  }

  /// Starts this Java with this jar, which adds the flags that a command needs.
  private static String script() {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            absolute(System.getProperty("java.class.path")),
            Main.class.getName(),
            DockerPlugin.ARGUMENT);
    String quoted = command.stream().map(DockerCommand::quote).collect(Collectors.joining(" "));
    return "#!/bin/sh\n" + MARK + "\nexec " + quoted + " \"$@\"\n";
  }

  private static String absolute(String classPath) {
    return Arrays.stream(classPath.split(File.pathSeparator))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static String quote(String argument) {
    return "'" + argument.replace("'", "'\\''") + "'";
  }
}
