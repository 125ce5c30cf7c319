package dev.jmr.server.registry;

/// Where a blob is read from.
public enum Origin {
  /// A mirror if one has it, else the registry.
  MIRRORS_FIRST,
  /// The registry itself: after a mirror gave something wrong.
  REGISTRY
}
