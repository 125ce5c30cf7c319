package dev.jmr.server.store;

import dev.jmr.server.artifact.Digest;

/// The store lacks a blob that a model needs; fetching the model again brings it.
public final class MissingBlobException extends StoreException {
  private static final long serialVersionUID = 1L;

  public MissingBlobException(String what, Digest digest) {
    super("%s: blob %s is not in the store; pull the model again".formatted(what, digest));
  }
}
