package dev.jmr.model.chat.output;

import java.util.List;

/// Reads what a model writes, piece by piece, and tells text, thoughts and tool calls apart.
///
/// Any input is read without an exception, in time linear in its length; the memory that it takes does not grow with it,
/// but for one argument or call that must be read as a whole, of at most 64 Ki characters. However the output is cut into
/// pieces, the events are the same when neighbouring deltas are joined. For one thread.
public final class OutputParser {
  private final Machine machine;
  private boolean finished;

  OutputParser(Machine machine) {
    this.machine = machine;
  }

  /// The events that this piece makes certain.
  ///
  /// @throws IllegalStateException after [#finish]
  public List<OutputEvent> accept(String piece) {
    if (finished) {
      throw new IllegalStateException(
          "output parser: expected no more text, got some after the end");
    }
    machine.input.append(piece);
    machine.run();
    return machine.out.drain();
  }

  /// The events that are certain when nothing follows. A call that is not complete is a malformed one. Again: none.
  public List<OutputEvent> finish() {
    if (!finished) {
      finished = true;
      machine.end();
    }
    return machine.out.drain();
  }
}
