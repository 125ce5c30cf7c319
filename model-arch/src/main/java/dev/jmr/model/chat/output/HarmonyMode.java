package dev.jmr.model.chat.output;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The messages of harmony, one behind the other: a header of special tokens that names channel and recipient, a body, and a
/// token that ends it.
///
/// `analysis` is thought, what has a recipient is a call, all else is text. Bare text before any header is text.
final class HarmonyMode implements Mode {
  private static final Pattern CHANNEL = Pattern.compile("<\\|channel\\|>\\s*([a-z]*)");
  private static final Pattern RECIPIENT = Pattern.compile("to=([^\\s<]+)");
  private static final String MESSAGE = "<|message|>";
  private static final List<String> HEADER =
      List.of("<|start|>", "<|channel|>", "<|constrain|>", MESSAGE, "to=");
  private static final List<String> ENDS = List.of("<|end|>", "<|call|>", "<|return|>");
  private static final List<String> BREAKS =
      List.of("<|end|>", "<|call|>", "<|return|>", "<|start|>", "<|channel|>");
  private static final int MOST_HEADER = 1024;

  private enum Place {
    START,
    HEADER,
    TEXT,
    REASONING,
    CALL,
    ARGUMENTS,
    AFTER
  }

  private final StringBuilder header = new StringBuilder();

  /// Everything of the message that would be text if it were no call.
  private final StringBuilder raw = new StringBuilder();

  private final StringBuilder piece = new StringBuilder();
  private JsonArguments arguments = new JsonArguments();
  private Place place = Place.START;
  private String recipient = "";

  /// Starts where the prompt ends: inside a header, or a body, of which it wrote the beginning.
  void startBehind(String prompt, OutputOptions options) {
    int start = prompt.lastIndexOf("<|start|>assistant");
    String written = start < 0 ? "" : prompt.substring(start + "<|start|>assistant".length());
    if (written.contains(MESSAGE)) {
      header.append(written);
      open(options);
    } else if (!written.isBlank()) {
      header.append(written);
      place = Place.HEADER;
    }
  }

  @Override
  public boolean advance(Machine machine) {
    while (machine.input.available() > 0) {
      boolean more =
          switch (place) {
            case START -> start(machine);
            case HEADER -> header(machine);
            case TEXT, REASONING -> body(machine);
            case CALL -> call(machine);
            case ARGUMENTS -> arguments(machine);
            case AFTER -> after(machine);
          };
      if (!more) {
        return false;
      }
    }
    return false;
  }

  private void restart(Machine machine) {
    machine.out.boundary();
    header.setLength(0);
    raw.setLength(0);
    place = Place.START;
  }

  private boolean start(Machine machine) {
    Input input = machine.input;
    if (Character.isWhitespace(input.charAt(0)) && raw.length() < MOST_HEADER) {
      raw.append(input.take(1));
      return true;
    }
    Input.Match match = input.atAny(0, ENDS);
    if (match == Input.Match.YES) {
      input.skip(input.which(0, ENDS).length());
      return true;
    }
    Input.Match opens = input.atAny(0, HEADER);
    if (opens != Input.Match.YES && (match == Input.Match.MAYBE || opens == Input.Match.MAYBE)) {
      return false;
    }
    if (opens == Input.Match.YES) {
      place = Place.HEADER;
    } else {
      asText(machine);
    }
    return true;
  }

  private void asText(Machine machine) {
    machine.out.text(raw);
    raw.setLength(0);
    place = Place.TEXT;
  }

  private boolean header(Machine machine) {
    Input input = machine.input;
    Input.Match match = input.at(0, MESSAGE);
    if (match == Input.Match.MAYBE) {
      return false;
    }
    if (match == Input.Match.YES) {
      raw.append(input.take(MESSAGE.length()));
      open(machine.options);
      if (place != Place.CALL) {
        machine.out.boundary();
        raw.setLength(0);
      }
      return true;
    }
    Input.Match end = input.atAny(0, ENDS);
    if (end == Input.Match.MAYBE) {
      return false;
    }
    if (end == Input.Match.YES || header.length() >= MOST_HEADER) {
      asText(machine);
      return true;
    }
    String c = input.take(1);
    header.append(c);
    raw.append(c);
    return true;
  }

  /// Opens the body that the header announces.
  private void open(OutputOptions options) {
    Matcher to = RECIPIENT.matcher(header);
    recipient = to.find() ? to.group(1) : "";
    recipient =
        recipient.startsWith("functions.") ? recipient.substring("functions.".length()) : recipient;
    String channel = "";
    for (Matcher named = CHANNEL.matcher(header); named.find(); ) {
      channel = named.group(1);
    }
    boolean call = Names.valid(recipient) && !recipient.equals("assistant");
    if (call && !options.tools().isEmpty()) {
      place = Place.CALL;
    } else {
      place = channel.equals("analysis") ? Place.REASONING : Place.TEXT;
    }
  }

  private boolean body(Machine machine) {
    Input input = machine.input;
    for (int at = 0; at < input.available(); at++) {
      Input.Match match = input.atAny(at, BREAKS);
      if (match != Input.Match.NO) {
        say(machine, input.take(at));
        if (match == Input.Match.YES) {
          input.skip(input.atAny(0, ENDS) == Input.Match.YES ? input.which(0, ENDS).length() : 0);
          restart(machine);
        }
        return match == Input.Match.YES;
      }
    }
    say(machine, input.take(input.available()));
    return true;
  }

  private void say(Machine machine, String text) {
    if (place == Place.REASONING) {
      machine.out.reasoning(text);
    } else {
      machine.out.text(text);
    }
  }

  private boolean call(Machine machine) {
    Input input = machine.input;
    char c = input.charAt(0);
    if (Character.isWhitespace(c) && raw.length() < 2 * MOST_HEADER) {
      raw.append(input.take(1));
      return true;
    }
    Input.Match end = input.atAny(0, ENDS);
    if (end == Input.Match.MAYBE) {
      return false;
    }
    arguments = new JsonArguments();
    if (end == Input.Match.NO && arguments.accept(c, piece) != Progress.MORE) {
      return fail(machine, c);
    }
    machine.out.begin(recipient, Optional.empty());
    raw.setLength(0);
    if (end == Input.Match.YES) {
      machine.out.arguments("{}");
      machine.out.endCall();
      place = Place.AFTER;
    } else {
      input.skip(1);
      place = Place.ARGUMENTS;
    }
    return true;
  }

  private boolean fail(Machine machine, char c) {
    machine.out.malformed("tool call: expected JSON, got '" + c + "'");
    asText(machine);
    return true;
  }

  private boolean arguments(Machine machine) {
    char c = machine.input.charAt(0);
    Progress progress = arguments.accept(c, piece);
    machine.out.arguments(piece);
    piece.setLength(0);
    if (progress != Progress.MORE && progress != Progress.DONE) {
      return fail(machine, c);
    }
    machine.input.skip(1);
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
    restart(machine);
    return true;
  }

  @Override
  public void end(Machine machine) {
    switch (place) {
      case START, HEADER, TEXT, REASONING, AFTER -> machine.out.text(raw);
      case CALL, ARGUMENTS -> {
        machine.out.malformed("tool call: expected all of it, got the end of the output");
        machine.out.text(raw);
      }
    }
    machine.out.text(machine.input.take(machine.input.available()));
    restart(machine);
  }
}
