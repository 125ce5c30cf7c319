package dev.jmr.model.chat.output;

/// Text on which something other than prose begins.
///
/// @param literal the text, not empty
/// @param atStart whether it counts only before the first word, or the first one after a call or a thought
/// @param taken whether the text belongs to what begins, so that it is not read again there
/// @param call whether it opens a call, and so is prose where no tools were offered
record Trigger(String literal, boolean atStart, boolean taken, boolean call, Entry entry) {
  /// What happens there.
  interface Entry {
    /// Has another mode go on, if any is to.
    ///
    /// @param opening the text that was taken
    void enter(Machine machine, String opening);
  }

  /// A marker that opens calls, wherever it stands.
  static Trigger call(String literal, Entry entry) {
    return new Trigger(literal, false, true, true, entry);
  }

  /// Text with which an unmarked call begins.
  static Trigger unmarkedCall(String literal, Entry entry) {
    return new Trigger(literal, true, false, true, entry);
  }

  /// A marker around calls that says no more than they do.
  static Trigger section(String literal) {
    return call(literal, (machine, opening) -> machine.out.boundary());
  }

  /// A marker that means nothing to the reader of an answer.
  static Trigger dropped(String literal) {
    return new Trigger(literal, false, true, false, (machine, opening) -> machine.out.boundary());
  }
}
