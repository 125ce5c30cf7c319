package dev.jmr.server.registry.auth;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Finds the credentials for a registry that Docker's user already has.
///
/// In this order: the environment (`DOCKER_USERNAME` and `DOCKER_PASSWORD`, or `DOCKER_HUB_USER`
/// and `DOCKER_HUB_PASSWORD`; for Docker Hub, or the registry that `DOCKER_REGISTRY` names, and
/// nobody else), the registry's credential helper, the credential store, `auths` in `config.json`
/// (in `DOCKER_CONFIG`, by default `~/.docker`) and in `DOCKER_AUTH_CONFIG`. Nothing that fails on
/// the way is an error: it becomes a note, shown when the registry refuses.
///
/// Any thread may use it; a helper is a process, so an answer may take seconds.
public final class Keychain {
  private static final Duration HELPER_TIMEOUT = Duration.ofSeconds(30);

  private final Map<String, String> environment;
  private final CredentialHelper helper;

  public Keychain(Map<String, String> environment) {
    this(environment, HELPER_TIMEOUT);
  }

  Keychain(Map<String, String> environment, Duration helperTimeout) {
    this.environment = Map.copyOf(environment);
    this.helper = new CredentialHelper(this.environment, helperTimeout);
  }

  /// What was found.
  ///
  /// @param source where, for messages: `none`, the name of a variable, program or file
  /// @param notes what went wrong on the way, a sentence each
  public record Found(Credentials credentials, String source, List<String> notes) {
    public Found {
      notes = List.copyOf(notes);
    }
  }

  /// The credentials for a registry, a host with its port if any; anonymous if there are none.
  public Found find(String registry) throws InterruptedException {
    List<String> notes = new ArrayList<>();
    Optional<Found> found = ofEnvironment(registry);
    for (DockerConfig config : found.isPresent() ? List.<DockerConfig>of() : configs()) {
      config.problem().ifPresent(notes::add);
      found = ofHelpers(config, registry, notes);
      if (found.isEmpty()) {
        found =
            config
                .credentials(registry)
                .map(credentials -> new Found(credentials, config.source(), List.of()));
      }
      if (found.isPresent()) {
        break;
      }
    }
    return found
        .map(f -> new Found(f.credentials(), f.source(), notes))
        .orElseGet(() -> new Found(new Credentials.Anonymous(), "none", notes));
  }

  private Optional<Found> ofEnvironment(String registry) {
    String named = environment.getOrDefault("DOCKER_REGISTRY", "");
    String theirs = ServerNames.host(named.isEmpty() ? ServerNames.HUB_KEY : named);
    if (!ServerNames.host(registry).equals(theirs)) {
      return Optional.empty();
    }
    return Stream.of(
            pair("DOCKER_USERNAME", "DOCKER_PASSWORD"),
            pair("DOCKER_HUB_USER", "DOCKER_HUB_PASSWORD"))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private Optional<Found> pair(String usernameName, String passwordName) {
    String username = environment.getOrDefault(usernameName, "");
    String password = environment.getOrDefault(passwordName, "");
    return username.isEmpty() || password.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Found(new Credentials.Password(username, password), usernameName, List.of()));
  }

  private List<DockerConfig> configs() {
    List<DockerConfig> configs = new ArrayList<>();
    String folder = environment.getOrDefault("DOCKER_CONFIG", "");
    Path home = Path.of(environment.getOrDefault("HOME", System.getProperty("user.home", "")));
    configs.add(
        DockerConfig.read(
            (folder.isEmpty() ? home.resolve(".docker") : Path.of(folder)).resolve("config.json")));
    String inline = environment.getOrDefault("DOCKER_AUTH_CONFIG", "");
    if (!inline.isEmpty()) {
      configs.add(DockerConfig.parse("DOCKER_AUTH_CONFIG", inline));
    }
    return configs;
  }

  private Optional<Found> ofHelpers(DockerConfig config, String registry, List<String> notes)
      throws InterruptedException {
    for (String name : config.helpers(registry)) {
      try {
        Optional<Credentials> got = helper.get(name, ServerNames.helperKey(registry));
        if (got.isPresent()) {
          return Optional.of(new Found(got.get(), "docker-credential-" + name, List.of()));
        }
      } catch (IOException e) {
        notes.add(String.valueOf(e.getMessage()));
      }
    }
    return Optional.empty();
  }
}
