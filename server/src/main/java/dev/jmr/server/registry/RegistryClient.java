package dev.jmr.server.registry;

import dev.jmr.server.artifact.ArtifactException;
import dev.jmr.server.artifact.Descriptor;
import dev.jmr.server.artifact.Digest;
import dev.jmr.server.artifact.Manifest;
import dev.jmr.server.artifact.MediaTypes;
import dev.jmr.server.registry.auth.Keychain;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/// Talks to OCI registries with the credentials that Docker's user has.
///
/// Every call but [#blob] tries again what may pass. Reading Docker Hub's repositories asks the
/// configured mirrors first. Nothing here looks into a store. Any thread may use it, several at
/// once; an interrupted one gives up what it does. All calls throw [RegistryException] when the
/// registry refuses or keeps failing, and [dev.jmr.server.artifact.ArtifactException] for a
/// manifest that is none.
public final class RegistryClient implements AutoCloseable {
  /// Configurations are text; larger ones are refused.
  public static final int MAX_CONFIG_BYTES = 16 << 20;

  private final RetryPolicy retry;
  private final Transport transport;
  private final Endpoints endpoints;
  private final Requests patient;
  private final Requests hasty;

  public RegistryClient(RegistryOptions options) {
    this.retry = options.retry();
    this.endpoints = new Endpoints(options);
    Proxies proxies = new Proxies(options);
    HostGuard guard = new HostGuard(proxies);
    this.transport = new Transport(options, proxies);
    Authorizer authorizer =
        new Authorizer(new Keychain(options.environment()), new TokenServer(transport, guard));
    this.patient = new Requests(transport, authorizer, guard, retry);
    this.hasty =
        new Requests(
            transport, authorizer, guard, new RetryPolicy(1, retry.firstDelay(), retry.maxDelay()));
  }

  /// How often things are tried again.
  public RetryPolicy retry() {
    return retry;
  }

  /// The manifest of a tag or digest; of an index, the one that fits this machine.
  public Manifest manifest(Repository repository, String reference) throws InterruptedException {
    String checked = Repository.reference(reference);
    try {
      return reading(repository, (requests, at) -> new Manifests(requests).get(at, checked));
    } catch (RegistryException e) {
      if (e.kind() != RegistryException.Kind.NOT_FOUND) {
        throw e;
      }
      List<String> tags = new Manifests(hasty).tags(endpoints.forPush(repository));
      throw new RegistryException(
          e.kind(), e.getMessage() + NearestTags.suggestion(checked, tags), e);
    }
  }

  /// The digest of what a tag names (of an index, the index's), without fetching it; empty if the
  /// registry does not say.
  public Optional<Digest> digest(Repository repository, String reference)
      throws InterruptedException {
    String checked = Repository.reference(reference);
    return reading(repository, (requests, at) -> new Manifests(requests).head(at, checked));
  }

  /// The bytes of a manifest's configuration, checked.
  public byte[] config(Repository repository, Manifest manifest) throws InterruptedException {
    return reading(
        repository,
        (requests, at) -> new Blobs(requests).bytes(at, manifest.config(), MAX_CONFIG_BYTES));
  }

  /// Begins to read a blob, in one attempt; what comes is not checked.
  ///
  /// @param offset of the first byte wanted, less than the blob's size
  /// @throws IOException if it failed in a way that may pass; [#retry] says how to go on
  public BlobStream blob(Repository repository, Descriptor blob, long offset, Origin origin)
      throws IOException, InterruptedException {
    List<Endpoint> places =
        origin == Origin.REGISTRY
            ? List.of(endpoints.forPush(repository))
            : endpoints.forPull(repository);
    for (Endpoint mirror : places.subList(0, places.size() - 1)) {
      try {
        return new Blobs(hasty).open(mirror, blob, offset);
      } catch (RegistryException | IOException e) {
        // The next place may have it; what the last one says counts.
      }
    }
    return new Blobs(patient).open(places.getLast(), blob, offset);
  }

  /// Whether the registry has a blob; asks for the right to write, so that a push fails before its
  /// first byte.
  public boolean exists(Repository repository, Descriptor blob) throws InterruptedException {
    return new Uploads(patient).exists(endpoints.forPush(repository), blob);
  }

  /// Writes a blob; what the registry got of it before a connection was cut is not sent again, if
  /// it says what that is.
  ///
  /// @param progress gets how many bytes were sent; falls when an attempt begins anew
  public void upload(
      Repository repository, Descriptor blob, BlobSource source, LongConsumer progress)
      throws InterruptedException {
    new Uploads(patient)
        .upload(endpoints.forPush(repository), new Uploads.Upload(blob, source, progress));
  }

  /// Takes a blob over from another repository of the same registry, where it may be, instead of
  /// sending it.
  ///
  /// @return whether the blob is there now
  public boolean mount(Repository repository, Descriptor blob, Repository from)
      throws InterruptedException {
    return repository.registry().equals(from.registry())
        && new Mounts(hasty).mount(endpoints.forPush(repository), endpoints.forPush(from), blob);
  }

  /// Makes a manifest known under a tag; its configuration and layers are there already.
  public void publish(Repository repository, String reference, Manifest manifest)
      throws InterruptedException {
    String checked = Repository.reference(reference);
    new Manifests(patient)
        .put(endpoints.forPush(repository), checked, manifest, MediaTypes.MANIFEST);
  }

  /// The tags of a repository, the first thousand; none if the registry does not say.
  public List<String> tags(Repository repository) throws InterruptedException {
    return reading(repository, (requests, at) -> new Manifests(requests).tags(at));
  }

  @FunctionalInterface
  private interface Reading<T> {
    T from(Requests requests, Endpoint endpoint) throws InterruptedException;
  }

  private <T> T reading(Repository repository, Reading<T> reading) throws InterruptedException {
    List<Endpoint> places = endpoints.forPull(repository);
    for (Endpoint mirror : places.subList(0, places.size() - 1)) {
      try {
        return reading.from(hasty, mirror);
      } catch (RegistryException | ArtifactException e) {
        // The next place may have it; what the last one says counts.
      }
    }
    return reading.from(patient, places.getLast());
  }

  /// Ends what is under way; idle connections are closed.
  @Override
  public void close() {
    transport.close();
  }
}
