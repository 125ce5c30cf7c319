package dev.jmr.server.registry;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What a request needs to be allowed.
///
/// @param actions in its own repository, as token servers call them
/// @param from another repository of the same registry that it reads too
record Access(String actions, Optional<Repository> from) {
  static final Access PULL = new Access("pull", Optional.empty());
  static final Access PUSH = new Access("pull,push", Optional.empty());

  /// To take over a blob from another repository.
  static Access mount(Repository from) {
    return new Access(PUSH.actions, Optional.of(from));
  }

  /// Whether more is needed than a registry asks for by itself when it is read.
  boolean writes() {
    return actions.equals(PUSH.actions);
  }

  /// The scopes that a token server is asked for.
  List<String> scopes(Repository repository) {
    return Stream.concat(
            Stream.of(scope(repository, actions)),
            from.stream().map(other -> scope(other, PULL.actions)))
        .toList();
  }

  private static String scope(Repository repository, String actions) {
    return "repository:%s:%s".formatted(repository.name(), actions);
  }
}
