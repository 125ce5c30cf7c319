package dev.jmr.server.registry;

import dev.jmr.server.artifact.Descriptor;
import java.io.IOException;
import java.util.Map;
import java.util.function.LongConsumer;

/// Writes blobs to one registry: in one request, or in chunks where the registry asks for them or
/// refuses more.
///
/// Where the registry sends an upload to another server, that gets the bytes but not our
/// credentials.
final class Uploads {
  private final Requests requests;

  Uploads(Requests requests) {
    this.requests = requests;
  }

  /// What is uploaded.
  ///
  /// @param progress gets how many bytes of the blob the registry has; falls when an attempt begins
  ///     anew
  record Upload(Descriptor blob, BlobSource source, LongConsumer progress) {}

  /// Whether the registry has a blob.
  boolean exists(Endpoint endpoint, Descriptor blob) throws InterruptedException {
    Call call = Call.of("HEAD", endpoint.resolve("blobs/" + blob.digest()), Access.PUSH, Map.of());
    try (Answer answer = requests.send(endpoint, call)) {
      return switch (answer.status()) {
        case 200 -> true;
        case 404 -> false;
        default -> throw requests.refusal(endpoint, answer, Blobs.what(endpoint, blob));
      };
    } catch (IOException e) {
      throw Requests.unreachable(endpoint, e);
    }
  }

  /// Uploads a blob, with as many attempts as the policy allows.
  void upload(Endpoint endpoint, Upload upload) throws InterruptedException {
    new UploadSession(requests, endpoint, upload).run();
  }
}
