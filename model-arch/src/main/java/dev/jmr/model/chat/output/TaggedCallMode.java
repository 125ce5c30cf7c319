package dev.jmr.model.chat.output;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Calls whose arguments stand one by one between tags, as bare text: the tool's schema says what type it is of.
///
/// Text of a string goes out as it comes; that of any other type waits until it is whole.
final class TaggedCallMode implements Mode {
  private static final int MOST_VALUE = 1 << 16;

  private enum Place {
    FUNCTION,
    NAME,
    BODY,
    KEY,
    VALUE_OPEN,
    VALUE
  }

  private final TaggedShape shape;
  private final List<String> keyEnds;
  private final List<String> inBlock;
  private final List<String> inBody;
  private final StringBuilder raw;
  private final StringBuilder text = new StringBuilder();
  private Place place;
  private String name = "";
  private boolean begun;
  private int calls;
  private boolean hasArguments;
  private Set<ValueKind> kinds = Set.of();
  private boolean streamed;
  private boolean valueBegun;
  private String pending = "";
  private boolean left;

  private TaggedCallMode(TaggedShape shape, Place place, String opening) {
    this.shape = shape;
    this.place = place;
    this.raw = new StringBuilder(opening);
    this.keyEnds = List.copyOf(shape.keyEnds().keySet());
    this.inBlock =
        Stream.of(shape.functionOpen(), shape.blockClose()).filter(s -> !s.isEmpty()).toList();
    this.inBody = List.of(shape.parameterOpen(), shape.functionClose(), shape.blockEnd());
  }

  /// Enters at the marker before the functions.
  static Trigger.Entry block(TaggedShape shape) {
    Place first = shape.functionOpen().isEmpty() ? Place.NAME : Place.FUNCTION;
    return (machine, opening) -> machine.enter(new TaggedCallMode(shape, first, opening));
  }

  /// Enters behind the marker of a function.
  static Trigger.Entry function(TaggedShape shape) {
    return (machine, opening) -> machine.enter(new TaggedCallMode(shape, Place.NAME, opening));
  }

  @Override
  public boolean advance(Machine machine) {
    while (machine.input.available() > 0) {
      boolean more =
          switch (place) {
            case FUNCTION -> function(machine);
            case NAME -> name(machine);
            case BODY -> body(machine);
            case KEY -> key(machine);
            case VALUE_OPEN -> valueOpen(machine);
            case VALUE -> value(machine);
          };
      if (!more) {
        return left;
      }
    }
    return false;
  }

  /// The mode is over: home goes on.
  private boolean leave(Machine machine) {
    left = true;
    machine.enterHome();
    return false;
  }

  private boolean fail(Machine machine, String expected) {
    left = true;
    String got = machine.input.available() == 0 ? "the end" : "'" + machine.input.charAt(0) + "'";
    machine.breakOff(raw, "tool call: expected " + expected + ", got " + got);
    return false;
  }

  private void take(Machine machine, String literal) {
    machine.input.skip(literal.length());
    raw.append(literal);
  }

  private boolean space(Machine machine) {
    boolean space = Character.isWhitespace(machine.input.charAt(0));
    if (space) {
      char c = machine.input.charAt(0);
      machine.input.skip(1);
      if (raw.length() < 2 * Names.MOST) {
        raw.append(c);
      }
    }
    return space;
  }

  private boolean function(Machine machine) {
    Input input = machine.input;
    if (space(machine)) {
      return true;
    }
    Input.Match match = input.atAny(0, inBlock);
    if (match == Input.Match.YES) {
      String found = input.which(0, inBlock);
      take(machine, found);
      if (found.equals(shape.functionOpen())) {
        place = Place.NAME;
        return true;
      }
      return calls == 0 ? fail(machine, shape.functionOpen()) : leave(machine);
    }
    if (match == Input.Match.MAYBE) {
      return false;
    }
    if (calls > 0) {
      return leave(machine);
    }
    if (input.charAt(0) == '{' && !shape.blockClose().isEmpty()) {
      var block = JsonBlockMode.Shape.closedBy(shape.blockClose());
      machine.enter(new JsonBlockMode(block, machine, raw.toString()));
      left = true;
      return false;
    }
    return fail(machine, shape.functionOpen());
  }

  private boolean name(Machine machine) {
    if (text.isEmpty() && space(machine)) {
      return true;
    }
    Input input = machine.input;
    Input.Match match = input.atAny(0, shape.nameEnds());
    if (match == Input.Match.NO) {
      char c = input.charAt(0);
      boolean space = Character.isWhitespace(c);
      if ((!space && !Names.valid(c)) || text.length() >= Names.MOST) {
        return fail(machine, "the name of a tool");
      }
      text.append(c);
      input.skip(1);
      raw.append(c);
      return true;
    }
    if (match == Input.Match.MAYBE) {
      return false;
    }
    if (!Names.valid(text.toString().strip())) {
      return fail(machine, "the name of a tool");
    }
    if (shape.nameEndTaken()) {
      take(machine, input.which(0, shape.nameEnds()));
    }
    begin(machine, text.toString().strip());
    return true;
  }

  private void begin(Machine machine, String called) {
    name = called;
    text.setLength(0);
    raw.setLength(0);
    begun = true;
    hasArguments = false;
    machine.out.begin(called, Optional.empty());
    machine.out.arguments("{");
    place = Place.BODY;
  }

  private boolean body(Machine machine) {
    if (space(machine)) {
      return true;
    }
    Input input = machine.input;
    Input.Match match = input.atAny(0, inBody);
    if (match == Input.Match.MAYBE) {
      return false;
    }
    if (match == Input.Match.NO) {
      return fail(machine, shape.parameterOpen() + " or " + shape.functionClose());
    }
    String found = input.which(0, inBody);
    input.skip(found.length());
    raw.setLength(0);
    if (found.equals(shape.parameterOpen())) {
      raw.append(found);
      place = Place.KEY;
      return true;
    }
    machine.out.arguments("}");
    machine.out.endCall();
    begun = false;
    calls++;
    place = Place.FUNCTION;
    boolean over = shape.functionOpen().isEmpty() || found.equals(shape.blockClose());
    return over ? leave(machine) : true;
  }

  private boolean key(Machine machine) {
    Input input = machine.input;
    Input.Match match = input.atAny(0, keyEnds);
    if (match == Input.Match.NO) {
      char c = input.charAt(0);
      if (text.length() >= Names.MOST || c == '<' || c == '>') {
        return fail(machine, "the name of a parameter");
      }
      text.append(c);
      input.skip(1);
      raw.append(c);
      return true;
    }
    if (match == Input.Match.MAYBE) {
      return false;
    }
    String end = input.which(0, keyEnds);
    take(machine, end);
    String key = text.toString().strip();
    text.setLength(0);
    Set<ValueKind> told = shape.keyEnds().getOrDefault(end, Set.of());
    kinds = told.isEmpty() ? machine.options.kinds(name, key) : told;
    pending = (hasArguments ? ", " : "") + JsonText.quote(key) + ": ";
    place = shape.valueOpen().isEmpty() ? startValue() : Place.VALUE_OPEN;
    return true;
  }

  private boolean valueOpen(Machine machine) {
    if (space(machine)) {
      return true;
    }
    Input.Match match = machine.input.at(0, shape.valueOpen());
    if (match == Input.Match.YES) {
      take(machine, shape.valueOpen());
      place = startValue();
      return true;
    }
    return match == Input.Match.NO ? fail(machine, shape.valueOpen()) : false;
  }

  private Place startValue() {
    streamed = ArgumentValue.isText(kinds);
    valueBegun = false;
    return Place.VALUE;
  }

  /// Takes text up to the closing tag; with padding, the line feeds at both its ends are not part of it.
  private boolean value(Machine machine) {
    Input input = machine.input;
    if (shape.padded() && !valueBegun && input.charAt(0) == '\n') {
      take(machine, "\n");
      valueBegun = true;
      return true;
    }
    valueBegun = true;
    if (streamed) {
      openText(machine);
    }
    boolean feed = shape.padded() && input.charAt(0) == '\n';
    Input.Match match = input.at(0, shape.parameterClose());
    if (feed && match == Input.Match.NO) {
      match = input.at(0, "\n" + shape.parameterClose());
    }
    if (match == Input.Match.MAYBE) {
      return false;
    }
    if (match == Input.Match.YES) {
      input.skip(shape.parameterClose().length() + (feed ? 1 : 0));
      closeValue(machine);
      return true;
    }
    return append(machine, input.take(1).charAt(0));
  }

  private void openText(Machine machine) {
    if (!pending.isEmpty()) {
      machine.out.arguments(pending + '"');
      hasArguments = true;
      pending = "";
      raw.setLength(0);
    }
  }

  private boolean append(Machine machine, char c) {
    if (streamed) {
      JsonText.escape(c, text);
      machine.out.arguments(text);
      text.setLength(0);
      return true;
    }
    text.append(c);
    raw.append(c);
    return text.length() <= MOST_VALUE
        || fail(machine, "a value of at most " + MOST_VALUE + " characters");
  }

  private void closeValue(Machine machine) {
    if (streamed) {
      openText(machine);
      machine.out.arguments("\"");
    } else {
      machine.out.arguments(pending + ArgumentValue.json(text.toString(), kinds));
    }
    pending = "";
    hasArguments = true;
    text.setLength(0);
    raw.setLength(0);
    place = Place.BODY;
  }

  @Override
  public void end(Machine machine) {
    if (begun || calls == 0) {
      machine.breakOff(raw, "tool call: expected all of it, got the end of the output");
    } else {
      machine.enterHome();
    }
  }
}
