package dev.jmr.server.registry;

import dev.jmr.server.registry.Uploads.Upload;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The upload of one blob, in as many attempts as it takes: what the registry says that it has is
/// not sent again.
///
/// Source: distribution specification 1.1, "Pushing blobs", "Resuming an upload in progress". One
/// thread at a time.
final class UploadSession {
  private static final long CHUNK_BYTES = 64L << 20;
  private static final Pattern RANGE = Pattern.compile("(?:bytes=)?0-([0-9]{1,18})");
  private static final String CHUNK_MIN_LENGTH = "OCI-Chunk-Min-Length";

  private final Requests requests;
  private final Endpoint endpoint;
  private final Upload upload;
  private Optional<URI> location = Optional.empty();
  private long received;
  private long chunkBytes = CHUNK_BYTES;
  private boolean inChunks;
  private boolean resumed;

  UploadSession(Requests requests, Endpoint endpoint, Upload upload) {
    this.requests = requests;
    this.endpoint = endpoint;
    this.upload = upload;
  }

  /// Uploads the blob.
  ///
  /// @throws RegistryException if the registry refuses, or fails too often without having more of
  ///     the blob
  void run() throws InterruptedException {
    long reached = 0;
    for (int failures = 1; ; failures++) {
      try {
        attempt();
        return;
      } catch (IOException e) {
        if (received > reached) {
          reached = received;
          failures = 1;
        }
        if (!requests.retry().again(e, failures)) {
          throw Requests.unreachable(endpoint, e);
        }
        requests.retry().pause(e, failures);
      }
    }
  }

  private void attempt() throws IOException, InterruptedException {
    resumed = resume();
    if (!resumed) {
      begin();
      if (!inChunks && whole()) {
        return;
      }
      if (!inChunks) {
        // The request was too large for the registry; the upload that it refused is not used again.
        inChunks = true;
        begin();
      }
    }
    chunks();
  }

  /// Asks the registry what it has of the upload that an earlier attempt began.
  ///
  /// @return false if that is nothing, or the registry does not say
  private boolean resume() throws IOException, InterruptedException {
    if (location.isEmpty()) {
      return false;
    }
    URI asked = location.get();
    try (Answer answer = requests.once(endpoint, Call.of("GET", asked, Access.PUSH, Map.of()))) {
      received = answer.status() / 100 == 2 ? end(answer).orElse(0) : 0;
      // A registry that has nothing may say 0-0 as well.
      if (received <= 1 || received > upload.blob().size()) {
        location = Optional.empty();
        return false;
      }
      if (answer.header("Location").isPresent()) {
        location = Optional.of(follow(asked, answer));
      }
    }
    upload.progress().accept(received);
    return true;
  }

  private void begin() throws IOException, InterruptedException {
    location = Optional.empty();
    received = 0;
    upload.progress().accept(0);
    URI uploads = endpoint.resolve("blobs/uploads/");
    Call call = Call.of("POST", uploads, Access.PUSH, Map.of());
    try (Answer answer = requests.once(endpoint, call)) {
      if (answer.status() / 100 != 2) {
        throw requests.refusal(endpoint, answer, what());
      }
      location = Optional.of(follow(uploads, answer));
      OptionalLong least = answer.headers().firstValueAsLong(CHUNK_MIN_LENGTH);
      inChunks |= least.isPresent();
      chunkBytes = Math.max(CHUNK_BYTES, least.orElse(0));
    }
  }

  /// Sends the blob in one request.
  ///
  /// @return false if that is too much for the registry
  private boolean whole() throws IOException, InterruptedException {
    Call call = send("PUT", finish(location.orElseThrow()), 0, upload.blob().size());
    try (Answer answer = requests.once(endpoint, call)) {
      if (answer.status() / 100 == 2) {
        return true;
      }
      if (answer.status() == 413) {
        return false;
      }
      throw failure(answer);
    }
  }

  private void chunks() throws IOException, InterruptedException {
    long size = upload.blob().size();
    while (received < size) {
      long end = Math.min(size, received + chunkBytes);
      URI to = location.orElseThrow();
      try (Answer answer = expect(send("PATCH", to, received, end))) {
        location = Optional.of(follow(to, answer));
        received = received(answer, end);
      }
    }
    Call last = Call.of("PUT", finish(location.orElseThrow()), Access.PUSH, Map.of());
    expect(last).close();
  }

  private long received(Answer answer, long end) throws IOException {
    long got = end(answer).orElse(end);
    if (got <= received || got > end) {
      throw new TransientException(
          "upload: expected the registry to have %d bytes, it has %d".formatted(end, got));
    }
    return got;
  }

  private static OptionalLong end(Answer answer) {
    Matcher range = RANGE.matcher(answer.header("Range").orElse("").strip());
    return range.matches()
        ? OptionalLong.of(Long.parseLong(range.group(1)) + 1)
        : OptionalLong.empty();
  }

  private Call send(String method, URI uri, long offset, long end) {
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

  private Answer expect(Call call) throws IOException, InterruptedException {
    Answer answer = requests.once(endpoint, call);
    if (answer.status() / 100 == 2) {
      return answer;
    }
    try (answer) {
      throw failure(answer);
    }
  }

  /// An upload that the registry no longer knows, or got in the wrong order, is begun anew; so is
  /// one that came together of several attempts and is wrong.
  private IOException failure(Answer answer) throws InterruptedException {
    location = Optional.empty();
    boolean again =
        switch (answer.status()) {
          case 404, 409, 416 -> true;
          case 400 -> resumed;
          default -> false;
        };
    if (again) {
      return new TransientException(Refusal.status(answer));
    }
    throw requests.refusal(endpoint, answer, what());
  }

  private URI finish(URI place) {
    String separator = place.getRawQuery() == null ? "?" : "&";
    return URI.create(place + separator + "digest=" + upload.blob().digest());
  }

  private URI follow(URI from, Answer answer) throws IOException {
    return requests.follow(endpoint, from, answer, "upload location");
  }

  private String what() {
    return Blobs.what(endpoint, upload.blob());
  }
}
