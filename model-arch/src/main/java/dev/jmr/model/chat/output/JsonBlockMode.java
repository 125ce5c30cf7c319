package dev.jmr.model.chat.output;

import java.util.List;

/// Calls as objects of JSON: one, several behind each other, or a list of them, up to what closes the block.
final class JsonBlockMode implements Mode {
  /// @param closes what may end the block; none where the end of the object or list is the block's
  /// @param marked whether a marker said that calls follow; else only an object that names a known tool is one
  record Shape(List<String> closes, JsonCallKeys keys, boolean marked) {
    static Shape closedBy(String... closes) {
      return new Shape(List.of(closes), JsonCallKeys.STANDARD, true);
    }

    static Shape unmarked() {
      return new Shape(List.of(), JsonCallKeys.STANDARD, false);
    }

    Shape keyed(JsonCallKeys otherKeys) {
      return new Shape(closes, otherKeys, marked);
    }
  }

  private enum Place {
    FIRST,
    CALL,
    AFTER,
    SEPARATED
  }

  private final Shape shape;
  private StringBuilder raw;
  private Place place = Place.FIRST;
  private boolean inList;
  private JsonCall call;

  /// @param opening what was taken of the block so far
  JsonBlockMode(Shape shape, Machine machine, String opening) {
    this.shape = shape;
    this.raw = new StringBuilder(opening);
    this.call = newCall(machine);
  }

  /// Enters such a block at a marker.
  static Trigger.Entry entry(Shape shape) {
    return (machine, opening) -> machine.enter(new JsonBlockMode(shape, machine, opening));
  }

  /// Enters such a block at a marker that ends with the bracket of the list.
  static Trigger.Entry list(Shape shape) {
    return (machine, opening) -> {
      JsonBlockMode mode = new JsonBlockMode(shape, machine, opening);
      mode.inList = true;
      machine.enter(mode);
    };
  }

  private JsonCall newCall(Machine machine) {
    return new JsonCall(shape.keys(), shape.marked(), machine, raw);
  }

  @Override
  public boolean advance(Machine machine) {
    Input input = machine.input;
    while (input.available() > 0) {
      if (place == Place.CALL) {
        Progress progress = call.accept(input.charAt(0));
        if (progress == Progress.BROKEN) {
          fail(machine, call.reason());
          return true;
        }
        input.skip(1);
        place = progress == Progress.DONE ? Place.AFTER : place;
      } else {
        Input.Match close = closing(input);
        if (close != Input.Match.NO) {
          return close == Input.Match.YES && close(machine);
        }
        if (!between(machine, input.charAt(0))) {
          return true;
        }
      }
    }
    return false;
  }

  private Input.Match closing(Input input) {
    return input.atAny(0, shape.closes());
  }

  private boolean close(Machine machine) {
    if (place == Place.FIRST && raw.indexOf("[") < 0) {
      fail(machine, "tool call: expected an object of JSON, got nothing");
    } else {
      machine.input.skip(machine.input.which(0, shape.closes()).length());
      machine.out.boundary();
      machine.enterHome();
    }
    return true;
  }

  /// Takes a character between calls; false if the block ends before it.
  private boolean between(Machine machine, char c) {
    boolean separator = place == Place.AFTER && (c == ',' || (c == ';' && !inList));
    boolean list = c == '[' && place == Place.FIRST && !inList;
    boolean end = c == ']' && inList && place != Place.SEPARATED;
    if (!JsonScanner.isSpace(c) && c != '{' && !separator && !list && !end) {
      if (place == Place.AFTER) {
        machine.enterHome();
      } else {
        fail(machine, "tool call: expected an object of JSON, got '" + c + "'");
      }
      return false;
    }
    machine.input.skip(1);
    raw.append(c);
    if (c == '{') {
      call = newCall(machine);
      place = Place.CALL;
    } else if (separator) {
      raw = new StringBuilder().append(c);
      place = Place.SEPARATED;
    } else if (list) {
      inList = true;
    } else if (end) {
      inList = false;
      place = Place.AFTER;
    }
    trim();
    return true;
  }

  /// White space without end is not kept.
  private void trim() {
    if (raw.length() > 2 * Names.MOST) {
      raw.setLength(2 * Names.MOST);
    }
  }

  private void fail(Machine machine, String reason) {
    if (shape.marked() || machine.out.inCall()) {
      machine.breakOff(raw, reason);
    } else {
      machine.giveUp(raw);
    }
  }

  @Override
  public void end(Machine machine) {
    if (place == Place.AFTER) {
      machine.enterHome();
    } else {
      fail(machine, "tool call: expected all of it, got the end of the output");
    }
  }
}
