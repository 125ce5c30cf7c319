package dev.jmr.model.chat.output;

import java.util.Optional;

/// One call that is written as an object of JSON: a name, arguments, perhaps an id, in any order, perhaps one level down
/// under `function`.
///
/// The call begins when its name and the beginning of its arguments are there; arguments that stand before the name wait.
final class JsonCall {
  private static final int MOST_RAW = 1 << 16;

  private enum Place {
    KEY_OR_CLOSE,
    KEY,
    IN_KEY,
    COLON,
    VALUE,
    TEXT,
    ARGUMENTS,
    SKIP,
    NEXT
  }

  private final JsonCallKeys keys;
  private final boolean marked;
  private final OutputOptions options;
  private final EventSink out;

  /// Everything so far that has not been handed out, for as long as it may yet be text.
  final StringBuilder raw;

  private final StringBuilder text = new StringBuilder();
  private final StringBuilder waiting = new StringBuilder();
  private Place place = Place.KEY_OR_CLOSE;
  private JsonCallKeys.Meaning meaning = JsonCallKeys.Meaning.OTHER;
  private StringDecoder string = new StringDecoder();
  private JsonScanner skipped = new JsonScanner();
  private JsonArguments arguments = new JsonArguments();
  private Optional<String> name = Optional.empty();
  private Optional<String> id = Optional.empty();
  private String key = "";
  private boolean hasArguments;
  private boolean nested;
  private boolean begun;
  private boolean skipsUnknown;
  private String reason = "";

  /// @param marked whether a marker said that this is a call; else it must name a known tool
  /// @param raw what was read of the call before, with the opening brace
  JsonCall(JsonCallKeys keys, boolean marked, Machine machine, StringBuilder raw) {
    this.keys = keys;
    this.marked = marked;
    this.options = machine.options;
    this.out = machine.out;
    this.raw = raw;
  }

  /// Why it is broken.
  String reason() {
    return reason;
  }

  Progress accept(char c) {
    if (raw.length() >= MOST_RAW) {
      return broken(
          "more than "
              + MOST_RAW
              + " characters "
              + (begun ? "behind the arguments" : "without a name"));
    }
    boolean wasBegun = begun;
    boolean inArguments = place == Place.ARGUMENTS;
    Progress progress = step(c);
    boolean handedOut = begun && (!wasBegun || inArguments);
    if (progress == Progress.MORE && !handedOut) {
      raw.append(c);
    }
    if (progress == Progress.BROKEN && reason.isEmpty()) {
      reason = "tool call: expected JSON, got '" + c + "'" + (key.isEmpty() ? "" : " at " + key);
    }
    return progress;
  }

  private Progress step(char c) {
    return switch (place) {
      case IN_KEY -> inKey(c);
      case TEXT -> text(c);
      case ARGUMENTS -> arguments(c);
      case SKIP -> skip(c);
      case KEY_OR_CLOSE, KEY, COLON, VALUE, NEXT ->
          JsonScanner.isSpace(c) ? Progress.MORE : structure(c);
    };
  }

  private Progress structure(char c) {
    return switch (place) {
      case KEY_OR_CLOSE -> c == '}' ? close() : c == '"' ? startText(Place.IN_KEY) : no();
      case KEY -> c == '"' ? startText(Place.IN_KEY) : no();
      case COLON -> c == ':' ? go(Place.VALUE) : no();
      case VALUE -> value(c);
      case NEXT -> c == ',' ? go(Place.KEY) : c == '}' ? close() : no();
      case IN_KEY, TEXT, ARGUMENTS, SKIP -> no();
    };
  }

  private Progress inKey(char c) {
    Progress progress = string.accept(c, text);
    if (progress != Progress.DONE) {
      return text.length() > Names.MOST ? broken("a key is too long") : progress;
    }
    key = text.toString();
    meaning = keys.meaning(key);
    boolean unknown = meaning == JsonCallKeys.Meaning.UNKNOWN;
    skipsUnknown |= unknown;
    return unknown && !marked ? broken("unknown key " + key) : go(Place.COLON);
  }

  private Progress value(char c) {
    return switch (meaning) {
      case NAME -> {
        if (c == '{' && !nested && key.equals("function")) {
          nested = true;
          yield go(Place.KEY_OR_CLOSE);
        }
        yield c == '"' ? startText(Place.TEXT) : no();
      }
      case KEYED -> {
        Progress named = name.isPresent() ? no() : named(key);
        yield named == Progress.MORE ? startArguments(c) : named;
      }
      case ARGUMENTS -> hasArguments ? no() : startArguments(c);
      case ID -> c == '"' ? startText(Place.TEXT) : startSkip(c);
      case OTHER, UNKNOWN -> startSkip(c);
    };
  }

  private Progress startText(Place next) {
    text.setLength(0);
    string = new StringDecoder();
    return go(next);
  }

  private Progress text(char c) {
    Progress progress = string.accept(c, text);
    if (progress != Progress.DONE) {
      return text.length() > Names.MOST ? broken(key + " is too long") : progress;
    }
    place = Place.NEXT;
    if (meaning == JsonCallKeys.Meaning.ID) {
      id = Optional.of(text.toString());
      return Progress.MORE;
    }
    return name.isPresent() ? no() : named(text.toString());
  }

  private Progress named(String found) {
    if (!Names.valid(found) || !(marked || options.knows(found))) {
      return broken("'" + found + "' is no name of a tool");
    }
    name = Optional.of(found);
    if (hasArguments) {
      begin();
    }
    return Progress.MORE;
  }

  private Progress startArguments(char c) {
    hasArguments = true;
    arguments = new JsonArguments();
    place = Place.ARGUMENTS;
    Progress progress = arguments.accept(c, waiting);
    if (progress == Progress.MORE && name.isPresent()) {
      begin();
    }
    return progress;
  }

  private Progress arguments(char c) {
    Progress progress = arguments.accept(c, waiting);
    if (begun && called()) {
      out.arguments(waiting);
      waiting.setLength(0);
    } else if (begun) {
      waiting.setLength(0);
    }
    return progress == Progress.DONE ? go(Place.NEXT) : progress;
  }

  private boolean called() {
    return name.isPresent() && !keys.noCalls().contains(name.get());
  }

  private void begin() {
    begun = true;
    raw.setLength(0);
    if (called()) {
      out.begin(name.orElseThrow(), id);
      out.arguments(waiting);
    }
    waiting.setLength(0);
  }

  private Progress startSkip(char c) {
    skipped = new JsonScanner();
    place = Place.SKIP;
    return skip(c);
  }

  private Progress skip(char c) {
    Progress progress = skipped.accept(c);
    return switch (progress) {
      case MORE, BROKEN -> progress;
      case DONE -> go(Place.NEXT);
      case DONE_BEFORE -> {
        place = Place.NEXT;
        yield step(c);
      }
    };
  }

  private Progress close() {
    if (nested) {
      nested = false;
      return go(Place.NEXT);
    }
    if (name.isEmpty()) {
      return broken("no name");
    }
    if (!begun) {
      if (!marked || skipsUnknown) {
        return broken("no arguments");
      }
      waiting.append("{}");
      begin();
    }
    raw.setLength(0);
    if (called()) {
      out.endCall();
    } else {
      out.boundary();
    }
    return Progress.DONE;
  }

  private Progress go(Place next) {
    place = next;
    return Progress.MORE;
  }

  private static Progress no() {
    return Progress.BROKEN;
  }

  private Progress broken(String why) {
    reason = "tool call: expected a name and arguments, got: " + why;
    return Progress.BROKEN;
  }
}
