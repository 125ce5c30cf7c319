package dev.jmr.model.chat.output;

/// What follows a marker behind which calls may be written in JSON or otherwise: their first character says which.
final class ChoiceMode implements Mode {
  private final String opening;
  private final Trigger.Entry json;
  private final Trigger.Entry other;

  private ChoiceMode(String opening, Trigger.Entry json, Trigger.Entry other) {
    this.opening = opening;
    this.json = json;
    this.other = other;
  }

  /// Enters by `json` if an object or a list of objects follows, else by `other`.
  static Trigger.Entry entry(Trigger.Entry json, Trigger.Entry other) {
    return (machine, opening) -> machine.enter(new ChoiceMode(opening, json, other));
  }

  @Override
  public boolean advance(Machine machine) {
    Input input = machine.input;
    for (int at = 0; at < input.available(); at++) {
      char c = input.charAt(at);
      if ((!Character.isWhitespace(c) && c != '[') || at > Names.MOST) {
        (c == '{' || c == ']' ? json : other).enter(machine, opening);
        return true;
      }
    }
    return false;
  }

  @Override
  public void end(Machine machine) {
    other.enter(machine, opening);
  }
}
