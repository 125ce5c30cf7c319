package dev.jmr.model.chat.output;

/// A part of an output's grammar, which reads it as long as it lasts.
interface Mode {
  /// Takes from the input what is certain.
  ///
  /// @return false if it needs more input; true if it took some, or if another mode goes on
  boolean advance(Machine machine);

  /// Takes what the output leaves unfinished: nothing follows, and [#advance] gets no further.
  void end(Machine machine);
}
