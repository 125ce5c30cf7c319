package dev.jmr.server.openai;

import dev.jmr.runtime.EngineException;
import dev.jmr.runtime.Generation;
import dev.jmr.runtime.GenerationEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/// The answers to one request, made at the same time, as one sequence of events. For one consumer thread; closing it cancels
/// what still runs.
final class Answers implements AutoCloseable {
  private static final int CAPACITY = 64;

  private final List<Generation> generations;
  private final ThoughtForm form;
  private final List<Thread> pumps = new ArrayList<>();
  private final BlockingQueue<Item> items = new ArrayBlockingQueue<>(CAPACITY);
  private int open;

  /// What comes of an answer.
  sealed interface Item {}

  /// What happened to the answer of this number.
  record Event(int index, GenerationEvent event) implements Item {}

  private record Failure(EngineException cause) implements Item {}

  /// @param generations which it owns from now on
  Answers(List<Generation> generations, ThoughtForm form) {
    this.generations = List.copyOf(generations);
    this.form = form;
    this.open = generations.size();
    for (int i = 0; i < generations.size(); i++) {
      int index = i;
      pumps.add(Thread.ofVirtual().name("jmr-answer").start(() -> pump(index)));
    }
  }

  private void pump(int index) {
    Thoughts thoughts = new Thoughts(form);
    try {
      GenerationEvent event;
      do {
        event = next(index);
        for (GenerationEvent told : thoughts.of(event)) {
          items.put(new Event(index, told));
        }
      } while (!(event instanceof GenerationEvent.Finished));
    } catch (InterruptedException _) {
      // Nobody wants to know any more.
    }
  }

  private GenerationEvent next(int index) throws InterruptedException {
    try {
      return generations.get(index).next();
    } catch (EngineException e) {
      items.put(new Failure(e));
      throw new InterruptedException();
    } catch (RuntimeException e) {
      items.put(new Failure(new EngineException(String.valueOf(e.getMessage()), e)));
      throw new InterruptedException();
    }
  }

  /// Whether all answers are finished.
  boolean finished() {
    return open == 0;
  }

  /// The next event; empty if there is none for so long.
  ///
  /// @throws EngineException if an answer failed
  Optional<Event> next(Duration patience) throws InterruptedException {
    return switch (items.poll(patience.toNanos(), TimeUnit.NANOSECONDS)) {
      case null -> Optional.empty();
      case Failure(EngineException cause) -> throw cause;
      case Event event -> {
        if (event.event() instanceof GenerationEvent.Finished) {
          open--;
        }
        yield Optional.of(event);
      }
    };
  }

  /// The next event, however long it takes.
  Event next() throws InterruptedException {
    while (true) {
      Optional<Event> event = next(Duration.ofDays(1));
      if (event.isPresent()) {
        return event.get();
      }
    }
  }

  @Override
  public void close() {
    generations.forEach(Generation::close);
    pumps.forEach(Thread::interrupt);
  }
}
