package dev.jmr.server.registry;

import dev.jmr.server.artifact.Descriptor;
import java.io.IOException;
import java.net.URI;
import java.util.Map;

/// Takes blobs over from one repository of a registry into another, without sending them.
final class Mounts {
  private final Requests requests;

  Mounts(Requests requests) {
    this.requests = requests;
  }

  /// Takes a blob over.
  ///
  /// @param source the other repository, on the same server
  /// @return whether it is in the endpoint's repository now; what stood in the way shows when it is
  ///     uploaded
  boolean mount(Endpoint endpoint, Endpoint source, Descriptor blob) throws InterruptedException {
    try {
      return has(source, blob) && take(endpoint, source, blob);
    } catch (IOException | RegistryException e) {
      return false;
    }
  }

  private boolean has(Endpoint source, Descriptor blob) throws IOException, InterruptedException {
    Call call = Call.of("HEAD", source.resolve("blobs/" + blob.digest()), Access.PULL, Map.of());
    try (Answer answer = requests.once(source, call)) {
      return answer.status() == 200;
    }
  }

  private boolean take(Endpoint endpoint, Endpoint source, Descriptor blob)
      throws IOException, InterruptedException {
    Access access = Access.mount(source.repository());
    URI uri =
        endpoint.resolve(
            "blobs/uploads/?mount=%s&from=%s"
                .formatted(blob.digest(), source.repository().name().replace("/", "%2F")));
    Call call = Call.of("POST", uri, access, Map.of());
    try (Answer answer = requests.once(endpoint, call)) {
      if (answer.status() == 202) {
        // It began an upload instead, which nobody will go on with.
        URI upload = requests.follow(endpoint, uri, answer, "upload location");
        requests.once(endpoint, Call.of("DELETE", upload, Access.PUSH, Map.of())).close();
      }
      return answer.status() == 201;
    }
  }
}
