package dev.jmr.server.registry;

import dev.jmr.server.registry.auth.Challenge;
import dev.jmr.server.registry.auth.Credentials;
import dev.jmr.server.registry.auth.Keychain;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// Knows what to send as `Authorization` to each registry, and learns it from the registry's
/// challenges.
///
/// Credentials are looked up once for each registry; tokens are kept, for each repository and
/// access, until shortly before they end. Any thread may use it; while one asks a token server for
/// a repository, others that need the same wait for it.
final class Authorizer {
  private static final Duration MARGIN = Duration.ofSeconds(10);

  private final Keychain keychain;
  private final TokenServer tokenServer;
  private final Map<String, Keychain.Found> found = new ConcurrentHashMap<>();
  private final Map<Key, Session> sessions = new ConcurrentHashMap<>();

  Authorizer(Keychain keychain, TokenServer tokenServer) {
    this.keychain = keychain;
    this.tokenServer = tokenServer;
  }

  private record Key(String base, String repository, Access access) {}

  /// What was agreed with a registry; the challenge is kept to get the next token.
  private static final class Session {
    private Optional<String> header = Optional.empty();
    private Optional<Challenge> bearer = Optional.empty();
    private long endNanos = Long.MAX_VALUE;

    boolean valid() {
      return header.isPresent() && (bearer.isEmpty() || System.nanoTime() < endNanos);
    }
  }

  /// What to send; empty before the first challenge.
  Optional<String> header(Endpoint endpoint, Access access)
      throws IOException, InterruptedException {
    Session session = session(endpoint, access);
    synchronized (session) {
      if (!session.valid() && session.bearer.isPresent()) {
        renew(session, endpoint, access);
      }
      return session.header;
    }
  }

  /// Answers a challenge.
  ///
  /// @param sent what was refused
  /// @return whether the request is worth sending again
  boolean challenged(
      Endpoint endpoint, Access access, List<String> challenges, Optional<String> sent)
      throws IOException, InterruptedException {
    List<Challenge> parsed = Challenge.parse(challenges);
    Session session = session(endpoint, access);
    synchronized (session) {
      if (session.valid() && !session.header.equals(sent)) {
        // Another thread has been here.
        return true;
      }
      Optional<Challenge> bearer = first(parsed, "bearer");
      if (bearer.isPresent()) {
        session.bearer = bearer;
        renew(session, endpoint, access);
        return !session.header.equals(sent);
      }
      return first(parsed, "basic").isPresent()
          && credentials(endpoint).credentials() instanceof Credentials.Password password
          && basic(session, password, sent);
    }
  }

  /// The credentials for a registry.
  Keychain.Found credentials(Endpoint endpoint) throws InterruptedException {
    Keychain.Found known = found.get(endpoint.registry());
    if (known == null) {
      known = keychain.find(endpoint.registry());
      found.put(endpoint.registry(), known);
    }
    return known;
  }

  private Session session(Endpoint endpoint, Access access) {
    return sessions.computeIfAbsent(
        new Key(endpoint.base().toString(), endpoint.repository().name(), access),
        _ -> new Session());
  }

  private static boolean basic(
      Session session, Credentials.Password password, Optional<String> sent) {
    Optional<String> header = Optional.of(TokenServer.basic(password));
    session.header = header;
    session.bearer = Optional.empty();
    return !header.equals(sent);
  }

  private void renew(Session session, Endpoint endpoint, Access access)
      throws IOException, InterruptedException {
    Keychain.Found known = credentials(endpoint);
    if (known.credentials() instanceof Credentials.AccessToken(String token)) {
      session.header = Optional.of("Bearer " + token);
      return;
    }
    Challenge challenge = session.bearer.orElseThrow();
    List<String> asked =
        Stream.of(challenge.parameter("scope").orElse("").split(" ", -1))
            .filter(scope -> !scope.isEmpty())
            .toList();
    List<String> scopes =
        asked.isEmpty() || access.writes()
            ? Stream.concat(asked.stream(), access.scopes(endpoint.repository()).stream())
                .distinct()
                .toList()
            : asked;
    session.header = Optional.empty();
    TokenServer.Token token = tokenServer.fetch(endpoint, challenge, scopes, known);
    Duration usable = token.lifetime().minus(MARGIN);
    Duration kept = usable.isPositive() ? usable : token.lifetime().dividedBy(2);
    session.endNanos = System.nanoTime() + kept.toNanos();
    session.header = Optional.of("Bearer " + token.value());
  }

  private static Optional<Challenge> first(List<Challenge> challenges, String scheme) {
    return challenges.stream().filter(challenge -> challenge.scheme().equals(scheme)).findFirst();
  }
}
