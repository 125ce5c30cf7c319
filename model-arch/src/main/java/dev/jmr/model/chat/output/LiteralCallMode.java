package dev.jmr.model.chat.output;

import java.util.List;
import java.util.Optional;

/// Calls in the syntax of another language: `name(key="value")`, alone or in a list, or `name{key:value}`.
final class LiteralCallMode implements Mode {
  /// @param namePrefix what stands before each name
  /// @param nameSuffix what stands behind a name and is no part of it
  /// @param open the bracket that opens the arguments
  /// @param separator what stands between a name and its value among the arguments
  /// @param closes what may end the block
  /// @param marked whether a marker said that calls follow; else only a known tool is called
  record Shape(
      LiteralSyntax syntax,
      String namePrefix,
      String nameSuffix,
      char open,
      char separator,
      List<String> closes,
      boolean marked) {
    static Shape python(boolean marked, String... closes) {
      return new Shape(LiteralSyntax.PYTHON, "", "", '(', '=', List.of(closes), marked);
    }
  }

  private enum Place {
    FIRST,
    NAME,
    ARGUMENTS,
    AFTER,
    SEPARATED
  }

  private final Shape shape;
  private final StringBuilder raw;
  private final StringBuilder name = new StringBuilder();
  private final StringBuilder piece = new StringBuilder();
  private Place place = Place.FIRST;
  private boolean inList;
  private LiteralReader arguments;
  private boolean left;

  /// @param opening what was taken of the block so far
  LiteralCallMode(Shape shape, String opening) {
    this.shape = shape;
    this.raw = new StringBuilder(opening);
    this.arguments = newArguments();
  }

  /// Enters such calls at a marker.
  static Trigger.Entry entry(Shape shape) {
    return (machine, opening) -> machine.enter(new LiteralCallMode(shape, opening));
  }

  private LiteralReader newArguments() {
    piece.setLength(0);
    char close = shape.open() == '(' ? ')' : '}';
    return new LiteralReader(shape.syntax(), close, shape.separator(), piece);
  }

  @Override
  public boolean advance(Machine machine) {
    while (machine.input.available() > 0) {
      boolean more =
          switch (place) {
            case FIRST, SEPARATED -> before(machine);
            case NAME -> name(machine);
            case ARGUMENTS -> arguments(machine);
            case AFTER -> after(machine);
          };
      if (!more) {
        return left;
      }
    }
    return false;
  }

  private boolean leave(Machine machine) {
    left = true;
    machine.enterHome();
    return false;
  }

  private boolean fail(Machine machine, String expected) {
    left = true;
    if (shape.marked() || place == Place.ARGUMENTS) {
      char got = machine.input.charAt(0);
      machine.breakOff(raw, "tool call: expected " + expected + ", got '" + got + "'");
    } else {
      machine.giveUp(raw);
    }
    return false;
  }

  private boolean take(Machine machine, int count) {
    raw.append(machine.input.take(count));
    return true;
  }

  private boolean before(Machine machine) {
    Input input = machine.input;
    char c = input.charAt(0);
    if (Character.isWhitespace(c) && raw.length() < 4 * Names.MOST) {
      return take(machine, 1);
    }
    if (c == '[' && place == Place.FIRST && !inList) {
      inList = true;
      return take(machine, 1);
    }
    if (c == ']' && inList && place == Place.FIRST && shape.marked()) {
      inList = false;
      place = Place.AFTER;
      return take(machine, 1);
    }
    Input.Match match = input.at(0, shape.namePrefix());
    if (match == Input.Match.MAYBE) {
      return false;
    }
    if (match == Input.Match.NO) {
      return fail(machine, "a call");
    }
    take(machine, shape.namePrefix().length());
    name.setLength(0);
    place = Place.NAME;
    return true;
  }

  private boolean name(Machine machine) {
    char c = machine.input.charAt(0);
    if (c != shape.open()) {
      boolean valid = Names.valid(c) && name.length() < Names.MOST;
      name.append(c);
      return valid ? take(machine, 1) : fail(machine, "the name of a tool");
    }
    String called = name.toString();
    if (!shape.nameSuffix().isEmpty() && called.endsWith(shape.nameSuffix())) {
      called = called.substring(0, called.length() - shape.nameSuffix().length());
    }
    boolean known = shape.marked() || machine.options.knows(called);
    if (!known || !Names.valid(called)) {
      return fail(machine, "the name of a tool");
    }
    machine.input.skip(1);
    raw.setLength(0);
    arguments = newArguments();
    machine.out.begin(called, Optional.empty());
    place = Place.ARGUMENTS;
    return true;
  }

  private boolean arguments(Machine machine) {
    Progress progress = arguments.advance(machine.input, piece);
    machine.out.arguments(piece);
    piece.setLength(0);
    return switch (progress) {
      case MORE -> true;
      case DONE_BEFORE -> false;
      case DONE -> {
        machine.out.endCall();
        place = Place.AFTER;
        yield true;
      }
      case BROKEN -> {
        raw.append(arguments.unsaid());
        yield fail(machine, "a value");
      }
    };
  }

  private boolean after(Machine machine) {
    Input input = machine.input;
    char c = input.charAt(0);
    if (Character.isWhitespace(c)) {
      input.skip(1);
      return true;
    }
    if (inList && (c == ',' || c == ']')) {
      place = c == ',' ? Place.SEPARATED : place;
      inList = c == ',';
      raw.setLength(0);
      return take(machine, 1);
    }
    Input.Match match = input.atAny(0, shape.closes());
    if (match == Input.Match.MAYBE) {
      return false;
    }
    if (match == Input.Match.YES) {
      input.skip(input.which(0, shape.closes()).length());
    }
    return leave(machine);
  }

  @Override
  public void end(Machine machine) {
    if (place == Place.ARGUMENTS) {
      raw.append(arguments.unsaid());
    }
    if (place == Place.AFTER) {
      machine.enterHome();
    } else if (shape.marked() || place == Place.ARGUMENTS) {
      machine.breakOff(raw, "tool call: expected all of it, got the end of the output");
    } else {
      machine.giveUp(raw);
    }
  }
}
