package dev.jmr.server.registry;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.jmr.server.artifact.Digest;
import dev.jmr.server.artifact.Manifest;
import dev.jmr.server.artifact.ManifestJson;
import dev.jmr.server.artifact.MediaTypes;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

/// Reads and writes manifests at one registry, and lists tags.
final class Manifests {
  private static final int MAX_TAGS_BYTES = 4 << 20;
  private static final int MAX_NESTING = 2;
  private static final String ACCEPTED =
      String.join(
          ", ",
          MediaTypes.MANIFEST,
          MediaTypes.INDEX,
          ManifestIndex.DOCKER_MANIFEST,
          ManifestIndex.DOCKER_LIST);
  private static final String DIGEST_HEADER = "Docker-Content-Digest";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Requests requests;

  Manifests(Requests requests) {
    this.requests = requests;
  }

  /// The manifest of a tag or digest; of an index, the one that fits.
  Manifest get(Endpoint endpoint, String reference) throws InterruptedException {
    byte[] bytes = bytes(endpoint, reference);
    for (int nesting = 0; nesting < MAX_NESTING; nesting++) {
      Optional<Digest> chosen = ManifestIndex.choose(bytes, what(endpoint, reference));
      if (chosen.isEmpty()) {
        break;
      }
      bytes = bytes(endpoint, chosen.get().toString());
    }
    return ManifestJson.read(bytes);
  }

  /// The digest of what a tag names, without fetching it; empty if the registry does not say.
  Optional<Digest> head(Endpoint endpoint, String reference) throws InterruptedException {
    try (Answer answer = requests.send(endpoint, call(endpoint, "HEAD", reference))) {
      return answer.status() == 200
          ? answer.header(DIGEST_HEADER).flatMap(Digest::tryParse)
          : Optional.empty();
    } catch (IOException e) {
      throw Requests.unreachable(endpoint, e);
    }
  }

  private byte[] bytes(Endpoint endpoint, String reference) throws InterruptedException {
    return requests.patiently(
        endpoint,
        () -> {
          try (Answer answer = requests.once(endpoint, call(endpoint, "GET", reference))) {
            if (answer.status() != 200) {
              throw requests.refusal(endpoint, answer, what(endpoint, reference));
            }
            return checked(answer, endpoint, reference);
          }
        });
  }

  private static byte[] checked(Answer answer, Endpoint endpoint, String reference)
      throws IOException {
    byte[] bytes = answer.bytes(ManifestJson.MAX_BYTES + 1);
    if (bytes.length > ManifestJson.MAX_BYTES) {
      throw new RegistryException(
          RegistryException.Kind.INVALID,
          "%s: expected a manifest of at most %d bytes, got more"
              .formatted(what(endpoint, reference), ManifestJson.MAX_BYTES));
    }
    Digest got = Digest.of(bytes);
    Optional<Digest> expected =
        Digest.tryParse(reference).or(() -> answer.header(DIGEST_HEADER).flatMap(Digest::tryParse));
    if (expected.isPresent() && !expected.get().equals(got)) {
      throw new TransientException(
          "%s: expected a manifest with the digest %s, got %s"
              .formatted(what(endpoint, reference), expected.get(), got));
    }
    return bytes;
  }

  /// Makes a manifest known under a tag or its digest.
  void put(Endpoint endpoint, String reference, Manifest manifest, String mediaType)
      throws InterruptedException {
    Call call =
        new Call(
            "PUT",
            endpoint.resolve("manifests/" + reference),
            Map.of("Content-Type", mediaType),
            Access.PUSH,
            () -> BodyPublishers.ofByteArray(manifest.bytes()),
            new Activity());
    try (Answer answer = requests.send(endpoint, call)) {
      if (answer.status() / 100 != 2) {
        throw requests.refusal(endpoint, answer, what(endpoint, reference));
      }
      Optional<Digest> stored = answer.header(DIGEST_HEADER).flatMap(Digest::tryParse);
      if (stored.isPresent() && !stored.get().equals(manifest.digest())) {
        throw new RegistryException(
            RegistryException.Kind.INVALID,
            "%s: expected the registry to keep %s, got %s"
                .formatted(what(endpoint, reference), manifest.digest(), stored.get()));
      }
    } catch (IOException e) {
      throw Requests.unreachable(endpoint, e);
    }
  }

  /// Tags of a repository, the first thousand; none if the registry does not say.
  List<String> tags(Endpoint endpoint) throws InterruptedException {
    Call call = Call.of("GET", endpoint.resolve("tags/list?n=1000"), Access.PULL, Map.of());
    try (Answer answer = requests.once(endpoint, call)) {
      if (answer.status() != 200) {
        return List.of();
      }
      JsonNode tags = MAPPER.readTree(answer.bytes(MAX_TAGS_BYTES)).path("tags");
      return StreamSupport.stream(tags.spliterator(), false)
          .filter(JsonNode::isTextual)
          .map(JsonNode::asText)
          .toList();
    } catch (JacksonException | RegistryException e) {
      return List.of();
    } catch (IOException e) {
      return List.of();
    }
  }

  private static Call call(Endpoint endpoint, String method, String reference) {
    return Call.of(
        method,
        endpoint.resolve("manifests/" + reference),
        Access.PULL,
        Map.of("Accept", ACCEPTED));
  }

  private static String what(Endpoint endpoint, String reference) {
    return endpoint.repository() + (reference.contains(":") ? "@" : ":") + reference;
  }
}
