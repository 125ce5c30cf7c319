package dev.jmr.model.chat.output;

import java.util.List;

/// A dialect that writes the name of a call, then its arguments as an object of JSON.
///
/// @param typeEnd what ends a word of its own before the name; empty if there is none
/// @param namePrefix what stands before the name and is no part of it
/// @param nameEnds what may follow the name
/// @param idOpen what may stand behind the name instead, before an id; empty if nothing does
/// @param argumentsOpen what may stand before the arguments; empty if nothing does
/// @param closes what may stand behind the arguments, one after the other
/// @param idFromName whether what stands for the name is the id, and ends with `:` and a number
/// @param knownOnly whether a name that no tool has makes the whole no call
/// @param code the tool whose arguments may also be bare code; empty if there is none
/// @param codeEnds what ends bare code
record NamedShape(
    String typeEnd,
    String namePrefix,
    List<String> nameEnds,
    String idOpen,
    String argumentsOpen,
    List<String> closes,
    boolean idFromName,
    boolean knownOnly,
    String code,
    List<String> codeEnds) {
  static NamedShape of(String nameEnd, String... closes) {
    return new NamedShape(
        "", "", List.of(nameEnd), "", "", List.of(closes), false, false, "", List.of());
  }

  NamedShape typed(String end) {
    return new NamedShape(
        end,
        namePrefix,
        nameEnds,
        idOpen,
        argumentsOpen,
        closes,
        idFromName,
        knownOnly,
        code,
        codeEnds);
  }

  NamedShape withId(String open) {
    return new NamedShape(
        typeEnd,
        namePrefix,
        nameEnds,
        open,
        argumentsOpen,
        closes,
        idFromName,
        knownOnly,
        code,
        codeEnds);
  }

  NamedShape withArgumentsBehind(String open) {
    return new NamedShape(
        typeEnd, namePrefix, nameEnds, idOpen, open, closes, idFromName, knownOnly, code, codeEnds);
  }

  NamedShape withIdAsName(String prefix) {
    return new NamedShape(
        typeEnd, prefix, nameEnds, idOpen, argumentsOpen, closes, true, knownOnly, code, codeEnds);
  }

  NamedShape withCode(String tool, List<String> ends) {
    return new NamedShape(
        typeEnd,
        namePrefix,
        nameEnds,
        idOpen,
        argumentsOpen,
        closes,
        idFromName,
        knownOnly,
        tool,
        ends);
  }

  NamedShape ofKnownTools() {
    return new NamedShape(
        typeEnd,
        namePrefix,
        nameEnds,
        idOpen,
        argumentsOpen,
        closes,
        idFromName,
        true,
        code,
        codeEnds);
  }
}
