package dev.jmr.model.chat.output;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The tags of a dialect that writes arguments between tags.
///
/// @param functionOpen stands before the name; empty if the block's marker does
/// @param nameEnds what may follow the name
/// @param nameEndTaken whether that belongs to the name, and not to what follows
/// @param keyEnds what follows a parameter's name, and what type that says its value is of: no types where it says nothing
/// @param valueOpen what stands between the parameter's name and the value, if more than the end of the name does
/// @param blockClose what closes the block behind the last function; empty if nothing does
/// @param padded whether a value stands on lines of its own
record TaggedShape(
    String functionOpen,
    List<String> nameEnds,
    boolean nameEndTaken,
    String parameterOpen,
    Map<String, Set<ValueKind>> keyEnds,
    String valueOpen,
    String parameterClose,
    String functionClose,
    String blockClose,
    boolean padded) {
  static final Set<ValueKind> NO_TEXT = EnumSet.complementOf(EnumSet.of(ValueKind.STRING));

  /// `<function=NAME><parameter=KEY>VALUE</parameter></function>`
  static TaggedShape function(String blockClose, boolean padded) {
    return new TaggedShape(
        "<function=",
        List.of(">"),
        true,
        "<parameter=",
        Map.of(">", Set.of()),
        "",
        "</parameter>",
        "</function>",
        blockClose,
        padded);
  }

  /// `<invoke name="NAME"><parameter name="KEY">VALUE</parameter></invoke>`
  ///
  /// @param prefix stands before the name of each tag
  static TaggedShape invoke(String prefix, Map<String, Set<ValueKind>> keyEnds, String blockClose) {
    return new TaggedShape(
        "<" + prefix + "invoke name=\"",
        List.of("\">"),
        true,
        "<" + prefix + "parameter name=\"",
        keyEnds,
        "",
        "</" + prefix + "parameter>",
        "</" + prefix + "invoke>",
        blockClose,
        false);
  }

  /// What closes the block, where a function was left open.
  String blockEnd() {
    return blockClose.isEmpty() ? functionClose : blockClose;
  }
}
