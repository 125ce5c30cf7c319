package dev.jmr.server.packaging;

import dev.jmr.server.artifact.Digest;
import dev.jmr.server.artifact.LayerRole;

/// A file of a model that is to become a layer.
///
/// @param role that it has in the model
/// @param name of the file, without folders; changed where it would tell another role
/// @param digest of its bytes
/// @param size in bytes
public record PackedLayer(LayerRole role, String name, Digest digest, long size) {
  public PackedLayer {
    name = LayerName.of(name, role);
  }
}
