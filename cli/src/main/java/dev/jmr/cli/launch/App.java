package dev.jmr.cli.launch;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// A program that can be launched, or told how to be set up.
public sealed interface App {
  /// What users call it.
  String name();

  /// What it is, in a few words.
  String description();

  /// What of its needs our server does not serve yet; empty = nothing.
  default Optional<String> missing() {
    return Optional.empty();
  }

  /// A program that runs in a container.
  ///
  /// @param image where Docker gets it
  /// @param port on this machine, unless another is chosen
  /// @param containerPort on which it listens inside
  /// @param volume for what it keeps, as `name:/folder`
  /// @param variables of its environment, for a server as the container sees it
  record Container(
      String name,
      String description,
      String image,
      int port,
      int containerPort,
      String volume,
      Function<Server, Map<String, String>> variables)
      implements App {}

  /// A program on this machine.
  ///
  /// @param variables of its environment
  /// @param arguments that name the model
  record Program(
      String name,
      String description,
      Function<Server, Map<String, String>> variables,
      Function<String, List<String>> arguments,
      Optional<String> missing)
      implements App {}

  /// A program that is set up by hand.
  ///
  /// @param settings what to enter where
  record ByHand(String name, String description, Function<Server, String> settings)
      implements App {}
}
