package dev.jmr.model.chat.output;

import java.util.OptionalInt;

/// What a piece of a model's output turned out to be. Neighbouring deltas of one kind belong together; how a text is cut into
/// deltas depends on how it was fed, their concatenation does not.
public sealed interface OutputEvent {
  /// Text for the user.
  record TextDelta(String text) implements OutputEvent {}

  /// What the model thinks before it answers, without the markers around it.
  record ReasoningDelta(String text) implements OutputEvent {}

  /// A call begins: its arguments follow, then [ToolCallEnd], or [MalformedCall] if they break off.
  ///
  /// @param index the calls of one output count from 0
  /// @param id the dialect's own if it has one, else made; differs from every other of this output
  record ToolCallBegin(int index, String id, String name) implements OutputEvent {}

  /// The next piece of the call's arguments, which in the end are one JSON object.
  record ToolCallArguments(int index, String json) implements OutputEvent {}

  /// The call is complete: its arguments are one well-formed JSON object.
  record ToolCallEnd(int index) implements OutputEvent {}

  /// Something began as a call and was none. What had not been handed out as part of it follows as text, so that nothing that
  /// the model wrote is lost.
  ///
  /// @param index the call that had begun and does not end; empty if it broke before its beginning was certain
  /// @param reason what was wrong, for people
  record MalformedCall(OptionalInt index, String reason) implements OutputEvent {}
}
