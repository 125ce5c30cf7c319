package dev.jmr.model.chat.output;

import dev.jmr.model.chat.output.OutputEvent.MalformedCall;
import dev.jmr.model.chat.output.OutputEvent.ReasoningDelta;
import dev.jmr.model.chat.output.OutputEvent.TextDelta;
import dev.jmr.model.chat.output.OutputEvent.ToolCallArguments;
import dev.jmr.model.chat.output.OutputEvent.ToolCallBegin;
import dev.jmr.model.chat.output.OutputEvent.ToolCallEnd;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.IntFunction;

/// Collects events, joining neighbouring deltas.
///
/// White space between calls, behind thoughts and around them is dropped; before the first word of the answer it waits until
/// it is clear that a word follows and not a call.
final class EventSink {
  private static final int MOST_SPACE = 256;

  private enum Kind {
    NONE,
    TEXT,
    REASONING,
    ARGUMENTS
  }

  private final IdForm form;
  private final IntFunction<String> characters;
  private final Set<String> ids = new HashSet<>();
  private final StringBuilder delta = new StringBuilder();
  private final StringBuilder space = new StringBuilder();
  private List<OutputEvent> events = new ArrayList<>();
  private Kind kind = Kind.NONE;
  private boolean atBoundary = true;
  private boolean dropsSpace;
  private boolean silent = true;
  private int calls;
  private boolean open;

  EventSink(IdForm form, IntFunction<String> characters) {
    this.form = form;
    this.characters = characters;
  }

  List<OutputEvent> drain() {
    flush();
    List<OutputEvent> drained = List.copyOf(events);
    events = new ArrayList<>();
    return drained;
  }

  /// Whether no word of text has been written since the beginning, the last call or the last thought.
  boolean atBoundary() {
    return atBoundary;
  }

  /// Whether a call has begun and not ended.
  boolean inCall() {
    return open;
  }

  /// The same as after a call: white space that follows is not text.
  void boundary() {
    space.setLength(0);
    atBoundary = true;
    dropsSpace = true;
  }

  void text(CharSequence text) {
    int from = 0;
    while (atBoundary && from < text.length() && Character.isWhitespace(text.charAt(from))) {
      if (!dropsSpace && space.length() < MOST_SPACE) {
        space.append(text.charAt(from));
        from++;
      } else if (dropsSpace) {
        from++;
      } else {
        atBoundary = false;
      }
    }
    if (from < text.length()) {
      atBoundary = false;
      dropsSpace = false;
      become(Kind.TEXT);
      delta.append(space).append(text, from, text.length());
      space.setLength(0);
    }
  }

  void reasoning(CharSequence text) {
    int end = text.length();
    while (end > 0 && Character.isWhitespace(text.charAt(end - 1))) {
      end--;
    }
    int from = 0;
    while (atBoundary && from < end && Character.isWhitespace(text.charAt(from))) {
      from++;
    }
    if (from < end) {
      become(Kind.REASONING);
      delta.append(space).append(text, from, end);
      space.setLength(0);
      atBoundary = false;
    }
    if (!atBoundary) {
      holdSpace(text, end);
    }
  }

  private void holdSpace(CharSequence text, int from) {
    space.append(text, from, text.length());
    if (space.length() > MOST_SPACE) {
      become(Kind.REASONING);
      delta.append(space, 0, space.length() - MOST_SPACE);
      space.delete(0, space.length() - MOST_SPACE);
    }
  }

  void begin(String name, Optional<String> id) {
    boundary();
    flush();
    String own = id.filter(each -> !each.isEmpty() && ids.add(each)).orElseGet(this::newId);
    events.add(new ToolCallBegin(calls, own, name));
    silent = false;
    open = true;
    calls++;
  }

  private String newId() {
    String id = form.prefix() + characters.apply(form.length());
    return ids.add(id) ? id : newId();
  }

  void arguments(CharSequence json) {
    if (!json.isEmpty()) {
      become(Kind.ARGUMENTS);
      delta.append(json);
    }
  }

  void endCall() {
    flush();
    events.add(new ToolCallEnd(calls - 1));
    open = false;
    boundary();
  }

  void malformed(String reason) {
    flush();
    events.add(new MalformedCall(open ? OptionalInt.of(calls - 1) : OptionalInt.empty(), reason));
    silent = false;
    open = false;
  }

  /// An output of nothing but white space is text; else what waits is not worth a word.
  void end() {
    if (silent && kind == Kind.NONE && !dropsSpace && !space.isEmpty()) {
      become(Kind.TEXT);
      delta.append(space);
    }
  }

  private void become(Kind next) {
    if (kind != next) {
      flush();
      kind = next;
    }
    silent = false;
  }

  private void flush() {
    if (!delta.isEmpty()) {
      String text = delta.toString();
      events.add(
          switch (kind) {
            case TEXT, NONE -> new TextDelta(text);
            case REASONING -> new ReasoningDelta(text);
            case ARGUMENTS -> new ToolCallArguments(calls - 1, text);
          });
    }
    delta.setLength(0);
    kind = Kind.NONE;
  }
}
