package dev.jmr.cli.launch;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// A process to start.
///
/// @param variables of its environment, beside those that are there
/// @param command the program and its arguments
public record LaunchPlan(Map<String, String> variables, List<String> command) {
  /// A container of `docker run`, which is removed when it ends; what it keeps is in its volume.
  ///
  /// @param image in place of the app's own; empty = that
  /// @param port on this machine; 0 = the app's own
  public static LaunchPlan of(
      App.Container app,
      Server server,
      String image,
      int port,
      boolean detach,
      List<String> arguments) {
    List<String> command = new ArrayList<>(List.of("docker", "run", "--rm"));
    if (detach) {
      command.add("--detach");
    }
    command.add("--publish");
    command.add((port == 0 ? app.port() : port) + ":" + app.containerPort());
    command.add("--add-host=host.docker.internal:host-gateway");
    command.add("--volume");
    command.add(app.volume());
    app.variables()
        .apply(server.fromContainer())
        .forEach((name, value) -> {
          command.add("--env");
          command.add(name + "=" + value);
        });
    command.add(image.isEmpty() ? app.image() : image);
    command.addAll(arguments);
    return new LaunchPlan(Map.of(), command);
  }

  /// A program on this machine.
  public static LaunchPlan of(App.Program app, Server server, List<String> arguments) {
    List<String> command = new ArrayList<>(List.of(app.name()));
    if (server.modelChosen()) {
      command.addAll(app.arguments().apply(server.model()));
    }
    command.addAll(arguments);
    return new LaunchPlan(app.variables().apply(server), command);
  }

  /// As a line for a shell.
  public String shellLine() {
    String settings =
        variables.entrySet().stream()
            .map(variable -> variable.getKey() + "=" + quoted(variable.getValue()) + " ")
            .collect(Collectors.joining());
    return settings + command.stream().map(LaunchPlan::quoted).collect(Collectors.joining(" "));
  }

  private static String quoted(String word) {
    return word.matches("[\\w@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
