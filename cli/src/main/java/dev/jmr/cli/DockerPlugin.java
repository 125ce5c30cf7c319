package dev.jmr.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

/// What the Docker client calls its plugin with: the name of a command of the plugin's own protocol, or
/// `[GLOBAL OPTION]... model COMMAND...`.
///
/// Source: Docker CLI, `cli-plugins/manager` and `cli-plugins/plugin`.
final class DockerPlugin {
  /// The first argument with which the installed script starts us.
  static final String ARGUMENT = "docker-plugin";

  /// What `docker` calls us.
  static final String NAME = "model";

  private static final Set<String> GLOBAL_OPTIONS_WITH_VALUE =
      Set.of(
          "--config",
          "-c",
          "--context",
          "-H",
          "--host",
          "-l",
          "--log-level",
          "--tlscacert",
          "--tlscert",
          "--tlskey");

  private DockerPlugin() {}

  /// Whether the Docker client started us.
  static boolean called(String... arguments) {
    return arguments.length > 0 && arguments[0].equals(ARGUMENT);
  }

  /// Our own command line: without the global options, which choose a Docker engine and mean nothing to us, and without
  /// the `model` behind them.
  static String[] commandLine(String... arguments) {
    List<String> rest = Arrays.asList(arguments).subList(1, arguments.length);
    int at = 0;
    while (at < rest.size() && rest.get(at).startsWith("-")) {
      at += GLOBAL_OPTIONS_WITH_VALUE.contains(rest.get(at)) ? 2 : 1;
    }
    boolean named = at < rest.size() && rest.get(at).equals(NAME);
    List<String> own = named ? rest.subList(at + 1, rest.size()) : rest;
    return own.toArray(String[]::new);
  }
}
