package dev.jmr.server.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.jmr.server.registry.auth.Challenge;
import dev.jmr.server.registry.auth.Credentials;
import dev.jmr.server.registry.auth.Keychain;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// Gets access tokens from the token server that a registry names (Docker registry v2 token
/// authentication; OAuth 2 for identity tokens).
final class TokenServer {
  private static final String CLIENT_ID = "jmr";
  private static final int MAX_BYTES = 1 << 20;
  private static final long DEFAULT_SECONDS = 60;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Transport transport;
  private final HostGuard guard;

  TokenServer(Transport transport, HostGuard guard) {
    this.transport = transport;
    this.guard = guard;
  }

  /// An access token.
  ///
  /// @param lifetime for how long the server promises to accept it
  record Token(String value, Duration lifetime) {
    @Override
    public String toString() {
      return "Token[" + lifetime + "]";
    }
  }

  /// A token for these scopes.
  ///
  /// @throws RegistryException if the server refuses, or must not be asked
  /// @throws IOException if it fails in a way that may pass
  Token fetch(Endpoint endpoint, Challenge challenge, List<String> scopes, Keychain.Found found)
      throws IOException, InterruptedException {
    URI realm = realm(endpoint, challenge);
    guard.check(endpoint, realm, "token server");
    HttpRequest.Builder request = request(realm, challenge, scopes, found.credentials());
    try (Answer answer = transport.send(request, new Activity())) {
      if (answer.busy()) {
        throw Refusal.busy(answer);
      }
      if (answer.status() != 200) {
        throw Refusal.unauthorized(
            "token server " + Refusal.status(answer),
            endpoint,
            endpoint.repository().toString(),
            found);
      }
      return token(endpoint, answer.bytes(MAX_BYTES));
    }
  }

  private static URI realm(Endpoint endpoint, Challenge challenge) {
    String realm = challenge.parameter("realm").orElse("");
    try {
      URI uri = URI.create(realm);
      if (uri.isAbsolute()) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      throw new RegistryException(RegistryException.Kind.INVALID, realmMessage(endpoint, realm), e);
    }
    throw new RegistryException(RegistryException.Kind.INVALID, realmMessage(endpoint, realm));
  }

  private static String realmMessage(Endpoint endpoint, String realm) {
    return "token server of %s: expected an address, got '%s'"
        .formatted(endpoint.registry(), realm);
  }

  private static HttpRequest.Builder request(
      URI realm, Challenge challenge, List<String> scopes, Credentials credentials) {
    List<String> form = new ArrayList<>();
    challenge.parameter("service").ifPresent(service -> form.add(pair("service", service)));
    return switch (credentials) {
      case Credentials.IdentityToken(String refresh) -> {
        form.add(pair("grant_type", "refresh_token"));
        form.add(pair("client_id", CLIENT_ID));
        form.add(pair("scope", String.join(" ", scopes)));
        form.add(pair("refresh_token", refresh));
        yield HttpRequest.newBuilder(realm)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(String.join("&", form)));
      }
      case Credentials.Password password -> {
        scopes.forEach(scope -> form.add(pair("scope", scope)));
        form.add(pair("account", password.username()));
        yield HttpRequest.newBuilder(query(realm, form)).header("Authorization", basic(password));
      }
      case Credentials.Anonymous _, Credentials.AccessToken _ -> {
        scopes.forEach(scope -> form.add(pair("scope", scope)));
        yield HttpRequest.newBuilder(query(realm, form));
      }
    };
  }

  /// The value of `Authorization` for a name and a password.
  static String basic(Credentials.Password password) {
    String pair = password.username() + ":" + password.password();
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
  }

  private static URI query(URI realm, List<String> form) {
    String separator = realm.getRawQuery() == null ? "?" : "&";
    String address = realm.toString().replaceFirst("#.*", "");
    return form.isEmpty() ? realm : URI.create(address + separator + String.join("&", form));
  }

  private static String pair(String name, String value) {
    return name + "=" + URLEncoder.encode(value, UTF_8);
  }

  private static Token token(Endpoint endpoint, byte[] body) throws IOException {
    String value = "";
    long seconds = DEFAULT_SECONDS;
    try {
      JsonNode root = MAPPER.readTree(body);
      value = root.path("token").asText(root.path("access_token").asText());
      if (value.isEmpty()) {
        value = root.path("access_token").asText();
      }
      seconds = Math.clamp(root.path("expires_in").asLong(DEFAULT_SECONDS), 1, 86_400);
    } catch (JacksonException e) {
      value = "";
    }
    if (!value.matches("[\\x21-\\x7e]+")) {
      throw new RegistryException(
          RegistryException.Kind.INVALID,
          "token server of %s: expected a token, got something else"
              .formatted(endpoint.registry()));
    }
    return new Token(value, Duration.ofSeconds(seconds));
  }
}
