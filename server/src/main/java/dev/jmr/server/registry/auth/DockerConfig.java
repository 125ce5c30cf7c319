package dev.jmr.server.registry.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// What Docker's `config.json` says about credentials: `auths`, `credHelpers` and `credsStore`.
final class DockerConfig {
  private static final int MAX_BYTES = 4 << 20;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final String source;
  private final JsonNode root;
  private final Optional<String> problem;

  private DockerConfig(String source, JsonNode root, Optional<String> problem) {
    this.source = source;
    this.root = root;
    this.problem = problem;
  }

  /// The configuration in this file; one that says nothing if there is no such file.
  static DockerConfig read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return parse(file.toString(), new String(in.readNBytes(MAX_BYTES), UTF_8));
    } catch (NoSuchFileException e) {
      return new DockerConfig(file.toString(), MissingNode.getInstance(), Optional.empty());
    } catch (IOException e) {
      return broken(file.toString(), "cannot be read: " + e);
    }
  }

  /// The configuration that is this text, from the named source.
  static DockerConfig parse(String source, String json) {
    try {
      JsonNode root = MAPPER.readTree(json);
      return root.isObject()
          ? new DockerConfig(source, root, Optional.empty())
          : broken(source, "expected a JSON object");
    } catch (JacksonException e) {
      return broken(source, "expected JSON");
    }
  }

  private static DockerConfig broken(String source, String problem) {
    return new DockerConfig(
        source, MissingNode.getInstance(), Optional.of(source + ": " + problem));
  }

  /// Where this was read.
  String source() {
    return source;
  }

  /// What is wrong with it.
  Optional<String> problem() {
    return problem;
  }

  /// The names of the helpers to ask for a registry, first the one that is for it alone.
  List<String> helpers(String registry) {
    Optional<JsonNode> own = entry(root.path("credHelpers"), registry);
    return Stream.of(
            own.map(JsonNode::asText), Optional.ofNullable(root.path("credsStore").textValue()))
        .flatMap(Optional::stream)
        .filter(name -> !name.isBlank())
        .distinct()
        .toList();
  }

  /// What `auths` holds for a registry.
  Optional<Credentials> credentials(String registry) {
    return entry(root.path("auths"), registry).flatMap(DockerConfig::credentials);
  }

  private static Optional<JsonNode> entry(JsonNode entries, String registry) {
    JsonNode exact = entries.path(registry);
    if (!exact.isMissingNode()) {
      return Optional.of(exact);
    }
    String host = ServerNames.host(registry);
    return entries.properties().stream()
        .filter(entry -> ServerNames.host(entry.getKey()).equals(host))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  private static Optional<Credentials> credentials(JsonNode node) {
    String identity = node.path("identitytoken").asText();
    if (!identity.isBlank()) {
      return Optional.of(new Credentials.IdentityToken(identity));
    }
    String access = node.path("registrytoken").asText();
    if (!access.isBlank()) {
      return Optional.of(new Credentials.AccessToken(access));
    }
    String username = node.path("username").asText();
    if (!username.isEmpty()) {
      return Optional.of(new Credentials.Password(username, node.path("password").asText()));
    }
    return decode(node.path("auth").asText());
  }

  private static Optional<Credentials> decode(String auth) {
    try {
      // Docker's older clients ended the password with zero bytes.
      String pair = new String(Base64.getDecoder().decode(auth.strip()), UTF_8).replace("\0", "");
      int colon = pair.indexOf(':');
      return colon <= 0
          ? Optional.empty()
          : Optional.of(
              new Credentials.Password(pair.substring(0, colon), pair.substring(colon + 1)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
