package dev.jmr.server.registry;

import dev.jmr.server.artifact.Descriptor;
import dev.jmr.server.artifact.Digest;
import java.io.IOException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads blobs from one registry.
final class Blobs {
  private static final Pattern CONTENT_RANGE =
      Pattern.compile("bytes ([0-9]{1,18})-([0-9]{1,18})/([0-9]{1,18}|\\*)");

  private final Requests requests;

  Blobs(Requests requests) {
    this.requests = requests;
  }

  /// Begins to read a blob, in one attempt.
  ///
  /// @throws IOException if it failed in a way that may pass
  /// @throws RegistryException if the registry does not have it or does not let us
  BlobStream open(Endpoint endpoint, Descriptor blob, long offset)
      throws IOException, InterruptedException {
    Map<String, String> headers = offset > 0 ? Map.of("Range", "bytes=" + offset + "-") : Map.of();
    Call call = Call.of("GET", endpoint.resolve("blobs/" + blob.digest()), Access.PULL, headers);
    Answer answer = requests.once(endpoint, call);
    try {
      return switch (answer.status()) {
        case 200 -> whole(answer, blob);
        case 206 -> part(answer, blob, offset);
        case 416 -> throw new TransientException(what(endpoint, blob) + ": cannot be resumed");
        default -> throw requests.refusal(endpoint, answer, what(endpoint, blob));
      };
    } catch (IOException | InterruptedException | RuntimeException e) {
      answer.close();
      throw e;
    }
  }

  /// The bytes of a small blob, checked.
  byte[] bytes(Endpoint endpoint, Descriptor blob, int limit) throws InterruptedException {
    if (blob.size() > limit) {
      throw new RegistryException(
          RegistryException.Kind.INVALID,
          "%s: expected at most %d bytes, got %d"
              .formatted(what(endpoint, blob), limit, blob.size()));
    }
    return requests.patiently(
        endpoint,
        () -> {
          try (BlobStream stream = open(endpoint, blob, 0)) {
            byte[] bytes = stream.bytes().readNBytes((int) blob.size() + 1);
            Digest got = Digest.of(bytes);
            if (!got.equals(blob.digest())) {
              throw new TransientException(
                  "%s: expected its digest, got %s".formatted(what(endpoint, blob), got));
            }
            return bytes;
          }
        });
  }

  private static BlobStream whole(Answer answer, Descriptor blob) throws TransientException {
    long length = answer.headers().firstValueAsLong("Content-Length").orElse(blob.size());
    if (length != blob.size()) {
      throw new TransientException(
          "%s: expected %d bytes, got %d".formatted(blob.digest(), blob.size(), length));
    }
    return new BlobStream(0, answer.body());
  }

  private static BlobStream part(Answer answer, Descriptor blob, long offset)
      throws TransientException {
    String range = answer.header("Content-Range").orElse("");
    Matcher matcher = CONTENT_RANGE.matcher(range.strip());
    if (!matcher.matches()
        || Long.parseLong(matcher.group(1)) != offset
        || Long.parseLong(matcher.group(2)) >= blob.size()
        || (!matcher.group(3).equals("*") && Long.parseLong(matcher.group(3)) != blob.size())) {
      throw new TransientException(
          "%s: expected bytes %d-%d/%d, got '%s'"
              .formatted(blob.digest(), offset, blob.size() - 1, blob.size(), range));
    }
    return new BlobStream(offset, answer.body());
  }

  static String what(Endpoint endpoint, Descriptor blob) {
    return endpoint.repository() + "@" + blob.digest();
  }
}
