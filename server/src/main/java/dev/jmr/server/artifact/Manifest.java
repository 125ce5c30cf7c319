package dev.jmr.server.artifact;

import java.util.List;
import java.util.Optional;

/// An OCI image manifest of a model, with the bytes that its digest is of.
///
/// @param digest of the bytes: the model's id
/// @param artifactType empty if there is none
/// @param config the configuration
/// @param layers the files, in their order
/// @param bytes as they were read or written; never re-formatted
public record Manifest(
    Digest digest,
    Optional<String> artifactType,
    Descriptor config,
    List<Descriptor> layers,
    byte[] bytes) {
  public Manifest {
    layers = List.copyOf(layers);
  }
}
