package dev.jmr.server.registry;

/// A registry did not do what was asked, for good: trying again would not help, or has not helped.
public final class RegistryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// What went wrong, as far as a caller acts differently.
  public enum Kind {
    /// It does not let us, with the credentials that it was sent.
    UNAUTHORIZED,
    /// It has no such repository, tag or blob.
    NOT_FOUND,
    /// It holds something that is not a model that we can use.
    UNSUPPORTED,
    /// It cannot be reached, or keeps failing.
    UNREACHABLE,
    /// What was asked for, or what it answered, is not allowed or makes no sense.
    INVALID
  }

  private final Kind kind;

  public RegistryException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  public RegistryException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /// What went wrong.
  public Kind kind() {
    return kind;
  }
}
