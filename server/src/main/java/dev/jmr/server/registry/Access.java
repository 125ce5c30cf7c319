package dev.jmr.server.registry;

/// What a request needs to be allowed.
enum Access {
  PULL("pull"),
  PUSH("pull,push");

  private final String actions;

  Access(String actions) {
    this.actions = actions;
  }

  /// The scope that a token server is asked for.
  String scope(Repository repository) {
    return "repository:%s:%s".formatted(repository.name(), actions);
  }
}
