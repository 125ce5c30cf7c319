package dev.jmr.server.artifact;

/// Something that came from a registry, an archive or a store is not a model artifact that we can
/// use.
public class ArtifactException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ArtifactException(String message) {
    super(message);
  }

  public ArtifactException(String message, Throwable cause) {
    super(message, cause);
  }
}
