package dev.jmr.server.reference;

import dev.jmr.server.artifact.Digest;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// The name of a model: where it is, which one, and which version of it.
///
/// `gemma3` is `docker.io/ai/gemma3:latest`; `hf.co/…` is `huggingface.co/…`; a first component
/// with a `.` or a port, or `localhost`, is a registry. Names are lower case, tags keep theirs.
/// Every part is checked, so that it can become part of an address; ids (`sha256:…` and 12 digits)
/// are the store's to find.
///
/// @param registry host or host:port, `docker.io` for Docker Hub
/// @param repository such as `ai/gemma3`
/// @param tag present if there is no digest
/// @param digest of the manifest, where the name ends with `@sha256:…`
public record ModelReference(
    String registry, String repository, Optional<String> tag, Optional<Digest> digest) {
  /// The registry of names that have none.
  public static final String DOCKER_HUB = "docker.io";

  /// The host of references to Hugging Face, which are files and no OCI artifacts.
  public static final String HUGGING_FACE = "huggingface.co";

  private static final String HUGGING_FACE_SHORT = "hf.co";
  private static final String DEFAULT_NAMESPACE = "ai/";
  private static final String LATEST = "latest";
  private static final int MAX_TEXT = 512;
  private static final Pattern LOOPBACK =
      Pattern.compile("(?:localhost|.+\\.local|127(?:\\.[0-9]{1,3}){3}|\\[::1\\])(?::[0-9]+)?");

  public ModelReference {
    ReferenceGrammar.check(registry, repository);
    tag.ifPresent(ReferenceGrammar::checkTag);
    if (tag.isEmpty() && digest.isEmpty()) {
      throw new ReferenceException("model name: expected a tag or a digest, got neither");
    }
  }

  /// The reference that a text is, on Docker Hub if it names no registry.
  ///
  /// @throws ReferenceException if it is none
  public static ModelReference parse(String text) {
    return parse(text, DOCKER_HUB);
  }

  /// The reference that a text is.
  ///
  /// @param defaultRegistry of names that have none (`DEFAULT_REGISTRY`)
  /// @throws ReferenceException if it is none
  public static ModelReference parse(String text, String defaultRegistry) {
    String name = checked(text.strip());
    Optional<Digest> digest = Optional.empty();
    int at = name.indexOf('@');
    if (at >= 0) {
      digest = Optional.of(digest(name.substring(at + 1)));
      name = name.substring(0, at);
    }
    Optional<String> tag = digest.isPresent() ? Optional.empty() : Optional.of(LATEST);
    int colon = name.lastIndexOf(':');
    if (colon > name.lastIndexOf('/')) {
      if (colon < name.length() - 1) {
        tag = Optional.of(name.substring(colon + 1));
      }
      name = name.substring(0, colon);
    }
    return of(name.toLowerCase(Locale.ROOT), defaultRegistry, tag, digest);
  }

  private static String checked(String text) {
    if (text.isEmpty() || text.length() > MAX_TEXT) {
      throw new ReferenceException(
          "model name: expected 1 to %d characters, got %d".formatted(MAX_TEXT, text.length()));
    }
    if (text.contains("://")) {
      throw new ReferenceException(
          "model name: expected a name such as ai/gemma3 or hf.co/org/model, got the address '%s'"
              .formatted(text));
    }
    if (text.startsWith("sha256:") && Digest.tryParse(text).isPresent()) {
      throw new ReferenceException(
          "model name: expected a name, got the id %s; no model of the store has it"
              .formatted(text));
    }
    return text;
  }

  private static Digest digest(String text) {
    return Digest.tryParse(text)
        .orElseThrow(() ->
            new ReferenceException(
                "model name: expected sha256: and 64 digits after @, got '%s'".formatted(text)));
  }

  private static ModelReference of(
      String name, String defaultRegistry, Optional<String> tag, Optional<Digest> digest) {
    int slash = name.indexOf('/');
    String first = slash < 0 ? "" : name.substring(0, slash);
    boolean named = first.contains(".") || first.contains(":") || first.equals("localhost");
    String registry = registry(named ? first : defaultRegistry);
    String repository = named ? name.substring(slash + 1) : name;
    boolean bare = repository.indexOf('/') < 0;
    if (bare && (!named || registry.equals(DOCKER_HUB))) {
      repository = DEFAULT_NAMESPACE + repository;
    }
    return new ModelReference(registry, repository, tag, digest);
  }

  private static String registry(String host) {
    return switch (host) {
      case HUGGING_FACE_SHORT -> HUGGING_FACE;
      case "index.docker.io", "registry-1.docker.io", "registry.hub.docker.com" -> DOCKER_HUB;
      default -> host;
    };
  }

  /// This name with another tag and no digest.
  public ModelReference withTag(String newTag) {
    return new ModelReference(registry, repository, Optional.of(newTag), Optional.empty());
  }

  /// What a registry calls this version: the digest, else the tag.
  public String version() {
    return digest.map(Digest::toString).or(() -> tag).orElse(LATEST);
  }

  /// The host that speaks the registry's protocol.
  public String registryHost() {
    return registry.equals(DOCKER_HUB) ? "registry-1.docker.io" : registry;
  }

  /// Whether the registry is this machine or its local network (`localhost`, `*.local`), which may
  /// speak plain HTTP.
  public boolean plainHttp() {
    return LOOPBACK.matcher(registry).matches();
  }

  /// Whether this is a repository of Hugging Face, whose files are no OCI artifacts.
  public boolean huggingFace() {
    return registry.equals(HUGGING_FACE);
  }

  /// Everything: `docker.io/ai/gemma3:latest`; the form in which stores keep tags.
  public String full() {
    return registry + "/" + repository + suffix();
  }

  /// As the user would write it, with tag: `ai/gemma3:latest`, `quay.io/me/x:latest`.
  public String normalized() {
    return (registry.equals(DOCKER_HUB) ? "" : registry + "/") + repository + suffix();
  }

  /// As lists show it: `gemma3`, `gemma3:4B-Q4_K_M`, `me/x`, `quay.io/me/x`.
  public String display() {
    String name = normalized();
    if (registry.equals(DOCKER_HUB) && name.startsWith(DEFAULT_NAMESPACE)) {
      name = name.substring(DEFAULT_NAMESPACE.length());
    }
    String latest = ":" + LATEST;
    return name.endsWith(latest) ? name.substring(0, name.length() - latest.length()) : name;
  }

  private String suffix() {
    return tag.map(text -> ":" + text).orElse("") + digest.map(text -> "@" + text).orElse("");
  }

  /// The same as [#full].
  @Override
  public String toString() {
    return full();
  }
}
