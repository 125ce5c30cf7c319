package dev.jmr.model.chat.output;

import java.util.Set;

/// What the keys of a call mean where a dialect writes it as an object.
///
/// @param id the key of an id that is taken over; ids by another key are left out
/// @param noCalls names that say that nothing is called
/// @param keyed whether the name itself is the key of the arguments: `{"name": {…}}`
record JsonCallKeys(
    Set<String> name, Set<String> arguments, Set<String> id, Set<String> noCalls, boolean keyed) {
  static final JsonCallKeys STANDARD =
      new JsonCallKeys(
          Set.of("name", "function", "tool_name"),
          Set.of("arguments", "parameters"),
          Set.of("id"),
          Set.of(),
          false);

  static final JsonCallKeys KEYED = new JsonCallKeys(Set.of(), Set.of(), Set.of(), Set.of(), true);

  private static final Set<String> OTHERS = Set.of("id", "tool_call_id", "type");

  /// What a key says.
  enum Meaning {
    NAME,
    ARGUMENTS,
    ID,
    KEYED,
    OTHER,
    UNKNOWN
  }

  JsonCallKeys withoutCalls(Set<String> names) {
    return new JsonCallKeys(name, arguments, id, names, keyed);
  }

  Meaning meaning(String key) {
    if (keyed) {
      return Meaning.KEYED;
    }
    if (name.contains(key)) {
      return Meaning.NAME;
    }
    if (arguments.contains(key)) {
      return Meaning.ARGUMENTS;
    }
    if (id.contains(key)) {
      return Meaning.ID;
    }
    return OTHERS.contains(key) ? Meaning.OTHER : Meaning.UNKNOWN;
  }
}
