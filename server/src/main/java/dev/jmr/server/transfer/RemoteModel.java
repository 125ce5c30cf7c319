package dev.jmr.server.transfer;

import dev.jmr.server.artifact.Manifest;
import dev.jmr.server.reference.ModelReference;
import dev.jmr.server.registry.RegistryClient;
import dev.jmr.server.registry.Repository;

/// What a registry says about a model, without its layers.
///
/// @param config the configuration's bytes, checked
public record RemoteModel(Manifest manifest, byte[] config) {
  /// Reads manifest and configuration.
  ///
  /// @throws dev.jmr.server.registry.RegistryException if the registry refuses or keeps failing
  public static RemoteModel read(RegistryClient client, ModelReference reference)
      throws InterruptedException {
    Repository repository = new Repository(reference.registry(), reference.repository());
    Manifest manifest = client.manifest(repository, reference.version());
    return new RemoteModel(manifest, client.config(repository, manifest));
  }
}
