package dev.jmr.model.chat.output;

/// What follows Functionary's `>>>`: a line that says to whom the rest goes, to a tool or to `all`.
final class RecipientMode implements Mode {
  private final NamedShape shape;
  private final String opening;

  /// @param opening the marker, if the model wrote it
  RecipientMode(NamedShape shape, String opening) {
    this.shape = shape;
    this.opening = opening;
  }

  @Override
  public boolean advance(Machine machine) {
    Input input = machine.input;
    int length = 0;
    while (length < input.available() && Names.valid(input.charAt(length))) {
      length++;
    }
    if (length == input.available() && length <= Names.MOST) {
      return false;
    }
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < Math.min(length, Names.MOST); i++) {
      name.append(input.charAt(i));
    }
    boolean line = input.available() > length && input.charAt(length) == '\n';
    if (line && name.toString().equals("all")) {
      input.skip(length + 1);
      machine.out.boundary();
      machine.enterHome();
    } else if (line && machine.options.knows(name.toString())) {
      machine.enter(new NamedCallMode(shape, opening));
    } else {
      machine.giveUp(opening);
    }
    return true;
  }

  @Override
  public void end(Machine machine) {
    machine.giveUp(opening);
  }
}
