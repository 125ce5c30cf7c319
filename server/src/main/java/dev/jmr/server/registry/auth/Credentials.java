package dev.jmr.server.registry.auth;

/// What proves to a registry who we are. None of them shows its secret as text.
public sealed interface Credentials {
  /// Nobody in particular.
  record Anonymous() implements Credentials {}

  /// A name and a password or an access token in its place.
  record Password(String username, String password) implements Credentials {
    @Override
    public String toString() {
      return "Password[" + username + "]";
    }
  }

  /// A refresh token, which the registry's token server changes into access tokens.
  record IdentityToken(String token) implements Credentials {
    @Override
    public String toString() {
      return "IdentityToken[]";
    }
  }

  /// An access token, sent as it is.
  record AccessToken(String token) implements Credentials {
    @Override
    public String toString() {
      return "AccessToken[]";
    }
  }
}
