package dev.jmr.server.registry.auth;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// One way that a server asks for authentication: the header `WWW-Authenticate` (RFC 9110, 11.6.1).
///
/// @param scheme in lower case: `basic`, `bearer`
/// @param parameters by their names in lower case
public record Challenge(String scheme, Map<String, String> parameters) {
  public Challenge {
    parameters = Map.copyOf(parameters);
  }

  /// The value of a parameter.
  public Optional<String> parameter(String name) {
    return Optional.ofNullable(parameters.get(name));
  }

  /// The challenges of these header values, in their order; what cannot be read ends its value.
  public static List<Challenge> parse(List<String> headers) {
    List<Challenge> challenges = new ArrayList<>();
    for (String header : headers) {
      new Parser(header).parse(challenges);
    }
    return challenges;
  }

  /// Reads one header value: schemes, each followed by `name=value` pairs with commas between.
  private static final class Parser {
    private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~/";

    private final String text;
    private int at;

    Parser(String text) {
      this.text = text;
    }

    void parse(List<Challenge> challenges) {
      skipSeparators();
      String word = token();
      while (!word.isEmpty()) {
        Map<String, String> parameters = new TreeMap<>();
        String next = parameters(parameters);
        challenges.add(new Challenge(word.toLowerCase(Locale.ROOT), parameters));
        word = next;
      }
    }

    /// Reads pairs until the next scheme, which it returns; empty at the end.
    private String parameters(Map<String, String> into) {
      while (true) {
        skipSeparators();
        String name = token();
        int afterName = at;
        skipBlanks();
        if (name.isEmpty() || at >= text.length() || text.charAt(at) != '=') {
          at = afterName;
          return name;
        }
        at++;
        skipBlanks();
        into.putIfAbsent(name.toLowerCase(Locale.ROOT), value());
      }
    }

    private String value() {
      if (at >= text.length() || text.charAt(at) != '"') {
        return token();
      }
      StringBuilder value = new StringBuilder();
      for (at++; at < text.length() && text.charAt(at) != '"'; at++) {
        if (text.charAt(at) == '\\' && at + 1 < text.length()) {
          at++;
        }
        value.append(text.charAt(at));
      }
      at = Math.min(at + 1, text.length());
      return value.toString();
    }

    private String token() {
      int start = at;
      while (at < text.length() && inToken(text.charAt(at))) {
        at++;
      }
      return text.substring(start, at);
    }

    private static boolean inToken(char c) {
      return (c < 128 && Character.isLetterOrDigit(c)) || TOKEN_MARKS.indexOf(c) >= 0;
    }

    private void skipBlanks() {
      while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
        at++;
      }
    }

    private void skipSeparators() {
      while (at < text.length() && (text.charAt(at) == ',' || text.charAt(at) <= ' ')) {
        at++;
      }
    }
  }
}
