package dev.jmr.runtime.local;

import dev.jmr.model.tokenizer.StreamingDecoder;
import dev.jmr.runtime.ChosenToken;
import dev.jmr.runtime.GenerationEvent.TextDelta;
import dev.jmr.runtime.StopConditions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// The text of one answer on its way from tokens to events: whole characters, and nothing that may still become a stop
/// string. For one thread.
///
/// Positions count the characters of the whole answer.
final class AnswerText {
  private final StreamingDecoder decoder;
  private final ThoughtTracker thoughts;
  private final StopStrings stops;
  private final boolean includeStop;
  private final Consumer<TextDelta> sink;

  /// Decoded and not handed out.
  private final StringBuilder held = new StringBuilder();

  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
  private long handedOut;
  private boolean stopped;

  /// A token whose log probabilities are not handed out.
  ///
  /// @param start the position of its first character, or of the next one, if it has none
  private record Waiting(long start, ChosenToken token) {}

  /// @param thoughts is told what each token adds
  AnswerText(
      StreamingDecoder decoder,
      ThoughtTracker thoughts,
      StopConditions stop,
      Consumer<TextDelta> sink) {
    this.decoder = decoder;
    this.thoughts = thoughts;
    this.stops = new StopStrings(stop.strings());
    this.includeStop = stop.includeString();
    this.sink = sink;
  }

  /// Takes the next token; whether a stop string is complete with it, after which there is no further text.
  ///
  /// @param chosen its log probabilities, if they were asked for
  boolean accept(int token, Optional<ChosenToken> chosen) {
    if (chosen.isPresent()) {
      waiting.add(new Waiting(handedOut + held.length(), chosen.get()));
    }
    String added = decoder.accept(token);
    thoughts.accept(added);
    return append(added);
  }

  /// Hands out the rest, unless a stop string has ended the text.
  void finish() {
    if (!stopped && !append(decoder.flush())) {
      handOut(held.length());
      if (!waiting.isEmpty()) {
        emit("", Long.MAX_VALUE);
      }
    }
  }

  /// The stop string that has ended the text.
  Optional<String> stopString() {
    return stopped ? Optional.of(stops.found()) : Optional.empty();
  }

  private boolean append(String text) {
    if (stops.none()) {
      held.append(text);
      handOut(held.length());
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      held.append(text.charAt(i));
      if (stops.accept(text.charAt(i))) {
        stopped = true;
        handOut(held.length() - (includeStop ? 0 : stops.found().length()));
        return true;
      }
    }
    handOut(held.length() - stops.partial());
    return false;
  }

  private void handOut(int count) {
    if (count > 0) {
      String text = held.substring(0, count);
      held.delete(0, count);
      handedOut += count;
      emit(text, handedOut);
    }
  }

  /// @param end up to where the tokens that begin before it go along
  private void emit(String text, long end) {
    List<ChosenToken> tokens = List.of();
    if (!waiting.isEmpty()) {
      tokens = new ArrayList<>();
      while (!waiting.isEmpty() && waiting.getFirst().start() < end) {
        tokens.add(waiting.removeFirst().token());
      }
    }
    sink.accept(new TextDelta(text, tokens));
  }
}
