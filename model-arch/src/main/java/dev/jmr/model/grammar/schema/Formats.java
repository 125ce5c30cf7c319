package dev.jmr.model.grammar.schema;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// The values of `format` as regular expressions. Each matches valid texts only, not always all of them: no leap seconds, no
/// offset `-00:00`, no quoted mail addresses, no internationalized names, URIs with an authority.
final class Formats {
  private static final String DATE =
      "(?:[0-9]{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)"
          + "|02-(?:0[1-9]|1[0-9]|2[0-8]))"
          + "|(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:0[48]|[2468][048]|[13579][26])00)-02-29)";
  private static final String TIME =
      "(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\\.[0-9]{1,6})?"
          + "(?:Z|[+](?:0[0-9]|1[0-7]):[0-5][0-9]|-(?:(?:0[1-9]|1[0-7]):[0-5][0-9]|00:(?:0[1-9]|[1-5][0-9])))";
  private static final String CLOCK =
      "T(?:[0-9]{1,3}H(?:[0-9]{1,2}M(?:[0-9]{1,2}S)?)?|[0-9]{1,2}M(?:[0-9]{1,2}S)?|[0-9]{1,2}S)";
  private static final String DURATION =
      "P(?:[0-9]{1,4}W|(?:[0-9]{1,4}Y(?:[0-9]{1,2}M(?:[0-9]{1,3}D)?)?|[0-9]{1,2}M(?:[0-9]{1,3}D)?|[0-9]{1,3}D)(?:"
          + CLOCK
          + ")?|"
          + CLOCK
          + ")";
  private static final String LABEL = "[A-Za-z0-9]{1,30}(?:-[A-Za-z0-9]{1,28})?";
  private static final String HOSTNAME = "(?:" + LABEL + "\\.){0,3}[A-Za-z]{2,24}";
  private static final String DOMAIN = "(?:" + LABEL + "\\.){1,3}[A-Za-z]{2,24}";
  private static final String EMAIL =
      "[A-Za-z0-9_+-]{1,20}(?:\\.[A-Za-z0-9_+-]{1,20}){0,2}@" + DOMAIN;
  private static final String OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
  private static final String IPV4 = OCTET + "(?:\\." + OCTET + "){3}";
  private static final String HEX = "[0-9a-fA-F]{1,4}";
  private static final String SOME_HEX = "(?:" + HEX + "(?::" + HEX + "){0,2})?";
  private static final String IPV6 =
      "(?:" + HEX + "(?::" + HEX + "){7}|" + SOME_HEX + "::" + SOME_HEX + ")";
  private static final String PATH_CHARACTER = "(?:[A-Za-z0-9._~-]|%[0-9A-Fa-f]{2})";
  private static final String PATH = "(?:/" + PATH_CHARACTER + "*)*";
  private static final String QUERY = "(?:\\?(?:" + PATH_CHARACTER + "|[=&/])*)?";
  private static final String FRAGMENT = "(?:#" + PATH_CHARACTER + "*)?";
  private static final String URI =
      "(?:https?|ftp|wss?)://" + DOMAIN + "(?::[1-9][0-9]{0,3})?" + PATH + QUERY + FRAGMENT;
  private static final String UUID =
      "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}";
  private static final String JSON_POINTER = "(?:/(?:[^~/]|~[01])*)*";

  private static final Map<String, String> PATTERNS =
      Map.ofEntries(
          Map.entry("date", DATE),
          Map.entry("time", TIME),
          Map.entry("date-time", DATE + "T" + TIME),
          Map.entry("duration", DURATION),
          Map.entry("email", EMAIL),
          Map.entry("idn-email", EMAIL),
          Map.entry("hostname", HOSTNAME),
          Map.entry("idn-hostname", HOSTNAME),
          Map.entry("ipv4", IPV4),
          Map.entry("ipv6", IPV6),
          Map.entry("uri", URI),
          Map.entry("iri", URI),
          Map.entry("uri-reference", URI),
          Map.entry("iri-reference", URI),
          Map.entry("uuid", UUID),
          Map.entry("json-pointer", JSON_POINTER));

  /// Formats that say how a value is used, not how it looks.
  private static final Set<String> ANNOTATIONS =
      Set.of("password", "binary", "byte", "int32", "int64", "float", "double", "decimal");

  private Formats() {}

  static Optional<String> pattern(String format) {
    return Optional.ofNullable(PATTERNS.get(format));
  }

  static boolean isAnnotation(String format) {
    return ANNOTATIONS.contains(format);
  }

  static String names() {
    return String.join(", ", new TreeSet<>(PATTERNS.keySet()));
  }
}
