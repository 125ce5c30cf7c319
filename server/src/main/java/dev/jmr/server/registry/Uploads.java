package dev.jmr.server.registry;

import dev.jmr.server.artifact.Descriptor;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.LongConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Writes blobs to one registry: in one request, or in chunks where the registry asks for them or refuses more.
///
/// Where the registry sends an upload to another server, that gets the bytes but not our credentials.
final class Uploads {
  private static final long CHUNK_BYTES = 64L << 20;
  private static final Pattern RANGE = Pattern.compile("(?:bytes=)?0-([0-9]{1,18})");
  private static final String CHUNK_MIN_LENGTH = "OCI-Chunk-Min-Length";

  private final Requests requests;

  Uploads(Requests requests) {
    this.requests = requests;
  }

  /// What is uploaded.
  ///
  /// @param progress gets how many bytes of the blob the registry has; falls when an attempt begins anew
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
    requests.patiently(
        endpoint,
        () -> {
          attempt(endpoint, upload);
          return true;
        });
  }

  private void attempt(Endpoint endpoint, Upload upload) throws IOException, InterruptedException {
    upload.progress().accept(0);
    URI location;
    OptionalLong chunk;
    try (Answer answer = begin(endpoint, upload)) {
      location = location(endpoint, endpoint.resolve("blobs/uploads/"), answer);
      chunk = answer.headers().firstValueAsLong(CHUNK_MIN_LENGTH);
    }
    if (chunk.isEmpty() && whole(endpoint, upload, location)) {
      return;
    }
    if (chunk.isEmpty()) {
      // The request was too large for the registry; the upload that it refused is not used again.
      try (Answer answer = begin(endpoint, upload)) {
        location = location(endpoint, endpoint.resolve("blobs/uploads/"), answer);
      }
    }
    long chunkBytes = Math.max(CHUNK_BYTES, chunk.orElse(0));
    chunks(endpoint, upload, location, chunkBytes);
  }

  private Answer begin(Endpoint endpoint, Upload upload) throws IOException, InterruptedException {
    Call call = Call.of("POST", endpoint.resolve("blobs/uploads/"), Access.PUSH, Map.of());
    return expect(endpoint, call, upload);
  }

  /// Sends the blob in one request.
  ///
  /// @return false if that is too much for the registry
  private boolean whole(Endpoint endpoint, Upload upload, URI location)
      throws IOException, InterruptedException {
    Call call = send("PUT", finish(location, upload), upload, 0, upload.blob().size());
    try (Answer answer = requests.once(endpoint, call)) {
      if (answer.status() / 100 == 2) {
        return true;
      }
      if (answer.status() == 413) {
        return false;
      }
      throw failure(endpoint, upload, answer);
    }
  }

  private void chunks(Endpoint endpoint, Upload upload, URI start, long chunkBytes)
      throws IOException, InterruptedException {
    URI location = start;
    long size = upload.blob().size();
    for (long offset = 0; offset < size; ) {
      long end = Math.min(size, offset + chunkBytes);
      Call call = send("PATCH", location, upload, offset, end);
      try (Answer answer = expect(endpoint, call, upload)) {
        location = location(endpoint, location, answer);
        offset = received(answer, offset, end);
      }
    }
    Call last = Call.of("PUT", finish(location, upload), Access.PUSH, Map.of());
    expect(endpoint, last, upload).close();
  }

  private static long received(Answer answer, long offset, long end) throws IOException {
    Matcher range = RANGE.matcher(answer.header("Range").orElse("").strip());
    long received = range.matches() ? Long.parseLong(range.group(1)) + 1 : end;
    if (received <= offset || received > end) {
      throw new TransientException(
          "upload: expected the registry to have %d bytes, it has %d".formatted(end, received));
    }
    return received;
  }

  private static Call send(String method, URI uri, Upload upload, long offset, long end) {
    Activity activity = new Activity();
    Map<String, String> headers =
        method.equals("PATCH")
            ? Map.of(
                "Content-Type",
                "application/octet-stream",
                "Content-Range",
                offset + "-" + (end - 1))
            : Map.of("Content-Type", "application/octet-stream");
    LongConsumer moved =
        sent -> {
          activity.moved();
          upload.progress().accept(offset + sent);
        };
    return new Call(
        method,
        uri,
        headers,
        Access.PUSH,
        () ->
            end == offset
                ? BodyPublishers.noBody()
                : BodyPublishers.fromPublisher(
                    BodyPublishers.ofInputStream(
                        () -> CountedStream.open(upload.source(), offset, end - offset, moved)),
                    end - offset),
        activity);
  }

  private Answer expect(Endpoint endpoint, Call call, Upload upload)
      throws IOException, InterruptedException {
    Answer answer = requests.once(endpoint, call);
    if (answer.status() / 100 == 2) {
      return answer;
    }
    try (answer) {
      if (call.method().equals("POST")) {
        throw requests.refusal(endpoint, answer, Blobs.what(endpoint, upload.blob()));
      }
      throw failure(endpoint, upload, answer);
    }
  }

  /// An upload that the registry no longer knows, or got in the wrong order, is begun anew.
  private IOException failure(Endpoint endpoint, Upload upload, Answer answer)
      throws InterruptedException {
    return switch (answer.status()) {
      case 404, 409, 416 -> new TransientException(Refusal.status(answer));
      default -> throw requests.refusal(endpoint, answer, Blobs.what(endpoint, upload.blob()));
    };
  }

  private static URI finish(URI location, Upload upload) {
    String separator = location.getRawQuery() == null ? "?" : "&";
    return URI.create(location + separator + "digest=" + upload.blob().digest());
  }

  private URI location(Endpoint endpoint, URI from, Answer answer) throws IOException {
    return requests.follow(endpoint, from, answer, "upload location");
  }
}
