package dev.jmr.server.openai;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jmr.runtime.EngineException;
import dev.jmr.runtime.GenerationEvent;
import dev.jmr.runtime.GenerationEvent.Finished;
import dev.jmr.runtime.GenerationEvent.PromptProgress;
import dev.jmr.server.http.ErrorWriter;
import dev.jmr.server.http.Exchange;
import dev.jmr.server.http.Failures;
import dev.jmr.server.http.SseWriter;
import dev.jmr.server.manager.Lease;
import dev.jmr.server.manager.Mode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// `POST /chat/completions`.
public final class ChatCompletions implements Exchange.Route {
  /// Until then an error is told by a status; a stream has begun afterwards, and shows that it lives.
  static final Duration PATIENCE = Duration.ofSeconds(10);

  @Override
  public void handle(Exchange exchange) throws InterruptedException {
    if (exchange.preloaded(Mode.COMPLETION)) {
      return;
    }
    try (Lease lease = exchange.lease(Mode.COMPLETION)) {
      ChatCall call = ChatCall.of(exchange.fields(), lease.settings());
      ChatChunks chunks = new ChatChunks(exchange.model());
      try (Answers answers =
          new Answers(call.text().submit(lease, List.of(call.generation())), call.thoughts())) {
        if (call.text().stream()) {
          stream(exchange, call, chunks, answers);
        } else {
          whole(exchange, call, chunks, answers);
        }
      }
    }
  }

  private static void whole(Exchange exchange, ChatCall call, ChatChunks chunks, Answers answers)
      throws InterruptedException {
    List<ChatChoice> choices =
        Stream.generate(() -> new ChatChoice(call.logprobs())).limit(call.text().count()).toList();
    Totals totals = new Totals(call.text().count());
    while (!answers.finished()) {
      Answers.Event event = answers.next();
      choices.get(event.index()).add(event.event());
      if (event.event() instanceof Finished finished) {
        totals.add(finished);
      }
    }
    ObjectNode answer = chunks.completion();
    ArrayNode array = answer.putArray("choices");
    for (int i = 0; i < choices.size(); i++) {
      array.add(choices.get(i).json(i));
    }
    answer.set("usage", totals.usage());
    answer.set("timings", totals.timings());
    exchange.send(answer);
  }

  private static void stream(Exchange exchange, ChatCall call, ChatChunks chunks, Answers answers)
      throws InterruptedException {
    List<Answers.Event> early = firstEvents(answers);
    try (SseWriter events = exchange.events()) {
      ChatStream stream = new ChatStream(chunks, call, events);
      stream.begin();
      early.forEach(stream::accept);
      try {
        while (!answers.finished()) {
          Optional<Answers.Event> event = answers.next(PATIENCE);
          event.ifPresentOrElse(stream::accept, events::ping);
        }
        stream.end();
      } catch (EngineException e) {
        events.send(ErrorWriter.json(Failures.translate(e)));
      }
    }
  }

  /// Those up to the first that is more than progress, or none if that takes too long.
  ///
  /// @throws EngineException if it fails before
  static List<Answers.Event> firstEvents(Answers answers) throws InterruptedException {
    List<Answers.Event> events = new ArrayList<>();
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      Optional<Answers.Event> event =
          answers.next(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
      if (event.isEmpty()) {
        return events;
      }
      GenerationEvent happened = event.get().event();
      if (!(happened instanceof PromptProgress)) {
        events.add(event.get());
        return events;
      }
    }
  }
}
