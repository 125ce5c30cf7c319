package dev.jmr.model.chat.output;

import java.util.List;
import java.util.Optional;

/// A call of an interpreter, whose code stands there as it is: its arguments are `{"code": "…"}`.
final class CodeMode implements Mode {
  private final List<String> ends;
  private final StringBuilder escaped = new StringBuilder();

  /// Begins the call.
  ///
  /// @param ends what ends the code without being part of it; without these it goes to the end of the output
  CodeMode(Machine machine, String tool, List<String> ends) {
    this.ends = ends;
    machine.out.begin(tool, Optional.empty());
    machine.out.arguments("{\"code\": \"");
  }

  @Override
  public boolean advance(Machine machine) {
    Input input = machine.input;
    while (input.available() > 0) {
      Input.Match match = input.atAny(0, ends);
      if (match == Input.Match.MAYBE) {
        return false;
      }
      if (match == Input.Match.YES) {
        end(machine);
        return true;
      }
      JsonText.escape(input.take(1), escaped);
      machine.out.arguments(escaped);
      escaped.setLength(0);
    }
    return false;
  }

  @Override
  public void end(Machine machine) {
    machine.out.arguments("\"}");
    machine.out.endCall();
    machine.enterHome();
  }
}
