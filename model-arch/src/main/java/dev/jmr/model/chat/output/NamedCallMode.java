package dev.jmr.model.chat.output;

import java.util.List;
import java.util.Optional;

/// One call that is written as a name and then an object of JSON.
final class NamedCallMode implements Mode {
  private enum Place {
    TYPE,
    NAME,
    ID,
    OPENING,
    ARGUMENTS,
    AFTER
  }

  private final NamedShape shape;
  private final StringBuilder raw;
  private final StringBuilder text = new StringBuilder();
  private final StringBuilder piece = new StringBuilder();
  private final JsonArguments arguments = new JsonArguments();
  private final List<String> nameEnds;
  private Place place;
  private String name = "";
  private Optional<String> id = Optional.empty();
  private int closed;
  private boolean left;

  /// @param opening what was taken of the call so far
  NamedCallMode(NamedShape shape, String opening) {
    this.shape = shape;
    this.raw = new StringBuilder(opening);
    this.place = shape.typeEnd().isEmpty() ? Place.NAME : Place.TYPE;
    this.nameEnds =
        shape.idOpen().isEmpty()
            ? shape.nameEnds()
            : List.of(shape.nameEnds().getFirst(), shape.idOpen());
  }

  /// Enters such a call at a marker.
  static Trigger.Entry entry(NamedShape shape) {
    return (machine, opening) -> machine.enter(new NamedCallMode(shape, opening));
  }

  @Override
  public boolean advance(Machine machine) {
    while (machine.input.available() > 0) {
      boolean more =
          switch (place) {
            case TYPE -> word(machine, List.of(shape.typeEnd()));
            case NAME -> word(machine, nameEnds);
            case ID -> word(machine, shape.nameEnds());
            case OPENING -> opening(machine);
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
    if (shape.knownOnly() && place != Place.ARGUMENTS) {
      machine.giveUp(raw);
    } else {
      machine.breakOff(
          raw, "tool call: expected " + expected + ", got '" + machine.input.charAt(0) + "'");
    }
    return false;
  }

  private void take(Machine machine, int count) {
    raw.append(machine.input.take(count));
  }

  /// Takes a word up to one of these ends.
  private boolean word(Machine machine, List<String> ends) {
    Input input = machine.input;
    Input.Match match = input.atAny(0, ends);
    if (match == Input.Match.NO) {
      char c = input.charAt(0);
      boolean valid = Names.valid(c) || Character.isWhitespace(c);
      if (!valid || text.length() >= Names.MOST) {
        return fail(machine, "the name of a tool");
      }
      text.append(c);
      take(machine, 1);
      return true;
    }
    if (match == Input.Match.MAYBE) {
      return false;
    }
    String end = input.which(0, ends);
    String word = text.toString().strip();
    text.setLength(0);
    if (place == Place.NAME && !named(word)) {
      return fail(machine, "the name of a tool");
    }
    if (place == Place.ID) {
      id = Optional.of(word);
    }
    take(machine, end.length());
    place =
        place == Place.TYPE ? Place.NAME : end.equals(shape.idOpen()) ? Place.ID : Place.OPENING;
    return true;
  }

  private boolean named(String word) {
    name = word.startsWith(shape.namePrefix()) ? word.substring(shape.namePrefix().length()) : word;
    if (shape.idFromName()) {
      id = Optional.of(word);
      int colon = name.lastIndexOf(':');
      name = colon < 0 ? name : name.substring(0, colon);
    }
    return Names.valid(name);
  }

  private boolean opening(Machine machine) {
    Input input = machine.input;
    char c = input.charAt(0);
    if (Character.isWhitespace(c) && raw.length() < 4 * Names.MOST) {
      take(machine, 1);
      return true;
    }
    if (!shape.argumentsOpen().isEmpty()) {
      Input.Match match = input.at(0, shape.argumentsOpen());
      if (match == Input.Match.YES) {
        take(machine, shape.argumentsOpen().length());
      }
      if (match != Input.Match.NO) {
        return match == Input.Match.YES;
      }
    }
    if (shape.knownOnly() && !machine.options.knows(name)) {
      return fail(machine, "the name of a tool");
    }
    if (!shape.code().isEmpty() && name.equals(shape.code()) && c != '{') {
      left = true;
      machine.enter(new CodeMode(machine, name, shape.codeEnds()));
      return false;
    }
    return begin(machine);
  }

  private boolean begin(Machine machine) {
    Input input = machine.input;
    Input.Match close = input.atAny(0, shape.closes());
    if (close == Input.Match.MAYBE) {
      return false;
    }
    boolean empty = close == Input.Match.YES;
    if (!empty && arguments.accept(input.charAt(0), piece) != Progress.MORE) {
      return fail(machine, "an object of JSON");
    }
    machine.out.begin(name, id);
    machine.out.arguments(empty ? "{}" : piece);
    piece.setLength(0);
    raw.setLength(0);
    if (empty) {
      machine.out.endCall();
    } else {
      input.skip(1);
    }
    place = empty ? Place.AFTER : Place.ARGUMENTS;
    return true;
  }

  private boolean arguments(Machine machine) {
    Progress progress = arguments.accept(machine.input.charAt(0), piece);
    if (progress == Progress.BROKEN || progress == Progress.DONE_BEFORE) {
      return fail(machine, "JSON");
    }
    machine.input.skip(1);
    machine.out.arguments(piece);
    piece.setLength(0);
    if (progress == Progress.DONE) {
      machine.out.endCall();
      place = Place.AFTER;
    }
    return true;
  }

  private boolean after(Machine machine) {
    Input input = machine.input;
    if (Character.isWhitespace(input.charAt(0))) {
      input.skip(1);
      return true;
    }
    List<String> closes = shape.closes().subList(closed, shape.closes().size());
    Input.Match match = input.atAny(0, closes);
    if (match == Input.Match.YES) {
      String close = input.which(0, closes);
      input.skip(close.length());
      closed = shape.closes().indexOf(close) + 1;
    }
    return match == Input.Match.NO ? leave(machine) : match == Input.Match.YES;
  }

  @Override
  public void end(Machine machine) {
    switch (place) {
      case AFTER -> machine.enterHome();
      case TYPE, NAME, ID, OPENING, ARGUMENTS -> {
        boolean silent = shape.knownOnly() && place != Place.ARGUMENTS;
        if (silent) {
          machine.giveUp(raw);
        } else {
          machine.breakOff(raw, "tool call: expected all of it, got the end of the output");
        }
      }
    }
  }
}
