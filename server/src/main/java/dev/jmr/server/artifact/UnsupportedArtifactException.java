package dev.jmr.server.artifact;

/// An artifact is sound, but of a kind that we cannot run; the message says which kinds we can.
public final class UnsupportedArtifactException extends ArtifactException {
  private static final long serialVersionUID = 1L;

  public UnsupportedArtifactException(String message) {
    super(message);
  }
}
