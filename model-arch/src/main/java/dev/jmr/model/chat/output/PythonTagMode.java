package dev.jmr.model.chat.output;

import java.util.List;
import java.util.Optional;

/// What follows Llama's `<|python_tag|>`: a call in JSON, a call of a built-in tool (`brave_search.call(query="…")`), or code
/// for the interpreter.
final class PythonTagMode implements Mode {
  private static final String CALL = ".call(";
  private static final List<String> INTERPRETERS = List.of("python", "ipython", "code_interpreter");
  private static final LiteralCallMode.Shape BUILT_IN =
      new LiteralCallMode.Shape(LiteralSyntax.PYTHON, "", ".call", '(', '=', List.of(), true);

  private final String opening;

  PythonTagMode(String opening) {
    this.opening = opening;
  }

  @Override
  public boolean advance(Machine machine) {
    Input input = machine.input;
    int at = 0;
    while (at < input.available() && Character.isWhitespace(input.charAt(at))) {
      at++;
    }
    if (at < input.available() && input.charAt(at) == '{') {
      JsonBlockMode.entry(JsonBlockMode.Shape.closedBy()).enter(machine, opening);
      return true;
    }
    while (at < input.available() && at < Names.MOST && inName(input.charAt(at))) {
      at++;
    }
    Input.Match match = input.at(at, CALL);
    if (match == Input.Match.MAYBE) {
      return false;
    }
    if (match == Input.Match.YES) {
      machine.enter(new LiteralCallMode(BUILT_IN, opening));
    } else {
      code(machine);
    }
    return true;
  }

  private static boolean inName(char c) {
    return c == '_' || (c < 128 && Character.isLetterOrDigit(c));
  }

  private void code(Machine machine) {
    Optional<String> interpreter = INTERPRETERS.stream().filter(machine.options::knows).findFirst();
    if (interpreter.isPresent()) {
      machine.enter(new CodeMode(machine, interpreter.get(), List.of()));
    } else {
      machine.breakOff(opening, "tool call: expected JSON or name.call(…), got code");
    }
  }

  @Override
  public void end(Machine machine) {
    machine.breakOff(opening, "tool call: expected all of it, got the end of the output");
  }
}
