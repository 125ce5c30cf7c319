package dev.jmr.server.llamaserver;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jmr.runtime.ContextExceededException;
import dev.jmr.runtime.EngineException;
import dev.jmr.runtime.EngineGoneException;
import dev.jmr.runtime.Generation;
import dev.jmr.runtime.GenerationEvent;
import dev.jmr.runtime.GenerationEvent.Finished;
import dev.jmr.runtime.GenerationEvent.Reason;
import dev.jmr.runtime.RequestException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/// An answer that another process makes: one virtual thread reads it and turns it into events.
///
/// That thread never waits for the consumer: there cannot be more events than tokens, so their number is bounded by the
/// context. Interrupting it closes the connection, at which the server stops.
final class StreamedGeneration implements Generation {
  private static final String DATA = "data:";
  private static final String ERROR = "error:";
  private static final String DONE = "[DONE]";

  /// Where the answer comes from.
  @FunctionalInterface
  interface Source {
    InputStream open() throws IOException, InterruptedException;
  }

  private sealed interface Item {}

  private record Event(GenerationEvent event) implements Item {}

  private record Failure(EngineException cause) implements Item {}

  private final Source source;
  private final ChunkReader chunks;

  private final BrokenConnection broken;

  private final BlockingQueue<Item> items = new LinkedBlockingQueue<>();
  private final Thread reader = Thread.ofVirtual().name("llama-server-answer").unstarted(this::run);
  private final Runnable atEnd;
  private Optional<Thread> timer = Optional.empty();

  /// Why it was broken off, if it was.
  private volatile Optional<Reason> brokenOff = Optional.empty();

  private volatile boolean closed;

  /// Whether there was a piece of the answer; belongs to the reader, as the next one.
  private boolean begun;

  private boolean ended;

  /// Belongs to the consumer.
  private Optional<EngineException> ending = Optional.empty();

  /// @param atEnd called once, when the answer has ended, before its last event is handed over
  StreamedGeneration(Source source, ChunkReader chunks, BrokenConnection broken, Runnable atEnd) {
    this.source = source;
    this.chunks = chunks;
    this.broken = broken;
    this.atEnd = atEnd;
  }

  /// Begins to read.
  ///
  /// @param time that it may take; then it ends with [Reason#LENGTH]
  void start(Optional<Duration> time) {
    timer =
        time.map(limit -> Thread.ofVirtual().name("llama-server-limit").start(() -> wait(limit)));
    reader.start();
  }

  private void wait(Duration limit) {
    try {
      Thread.sleep(limit);
      breakOff(Reason.LENGTH);
    } catch (InterruptedException _) {
      // It was in time.
    }
  }

  private synchronized void breakOff(Reason reason) {
    if (brokenOff.isEmpty()) {
      brokenOff = Optional.of(reason);
      reader.interrupt();
    }
  }

  private void run() {
    try (InputStream in = source.open();
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      if (!readAll(lines)) {
        end(new IOException("the answer broke off"));
      } else if (!chunks.early()) {
        lines.transferTo(
            Writer.nullWriter()); // A connection that was read to its end is used again.
      }
    } catch (IOException e) {
      end(e);
    } catch (InterruptedException e) {
      end(new IOException("interrupted", e));
    } catch (EngineException e) {
      end(new Failure(e));
    } catch (RuntimeException e) {
      end(new Failure(new EngineException("llama-server: " + e, e)));
    }
  }

  /// Whether the answer came to its end.
  private boolean readAll(BufferedReader lines) throws IOException {
    String line = lines.readLine();
    while (line != null && brokenOff.isEmpty()) {
      List<GenerationEvent> events = read(line);
      for (GenerationEvent event : events) {
        if (event instanceof Finished) {
          end(new Event(event));
          return true;
        }
        items.add(new Event(event));
      }
      line = lines.readLine();
    }
    return false;
  }

  private List<GenerationEvent> read(String line) throws IOException {
    if (line.startsWith(ERROR)) {
      throw error(line.substring(ERROR.length()));
    }
    if (!line.startsWith(DATA)) {
      return List.of();
    }
    String data = line.substring(DATA.length()).strip();
    if (data.equals(DONE)) {
      return chunks.end();
    }
    begun = true;
    JsonNode chunk = ServerClient.read(data.getBytes(StandardCharsets.UTF_8));
    if (chunk.has("error")) {
      throw ServerClient.refusal(500, chunk);
    }
    return chunks.read(chunk);
  }

  private static EngineException error(String data) throws IOException {
    JsonNode body = ServerClient.read(data.strip().getBytes(StandardCharsets.UTF_8));
    return ServerClient.refusal(500, body.has("error") ? body : wrapped(body));
  }

  private static JsonNode wrapped(JsonNode error) {
    return RequestJson.object().set("error", error);
  }

  private void end(IOException cause) {
    // Interrupted on purpose: what follows must not be.
    boolean _ = Thread.interrupted();
    end(
        brokenOff
            .<Item>map(reason -> new Event(chunks.progress().finished(reason, Optional.empty())))
            .orElseGet(() -> new Failure(broken.failure(cause, begun))));
  }

  /// Hands the last item over when everything else is done.
  private void end(Item last) {
    if (ended) {
      return;
    }
    ended = true;
    timer.ifPresent(Thread::interrupt);
    atEnd.run();
    items.add(last);
  }

  @Override
  public GenerationEvent next() throws InterruptedException {
    if (ending.isPresent()) {
      throw again(ending.get());
    }
    if (closed) {
      throw new EngineException("generation was closed");
    }
    return switch (items.take()) {
      case Failure(EngineException cause) -> {
        ending = Optional.of(cause);
        throw again(cause);
      }
      case Event(GenerationEvent event) -> {
        if (event instanceof Finished) {
          ending =
              Optional.of(
                  new EngineException("generation: expected no call of next after its end"));
        }
        yield event;
      }
    };
  }

  /// With the caller's own trace.
  private static EngineException again(EngineException cause) {
    String message = String.valueOf(cause.getMessage());
    return switch (cause) {
      case ContextExceededException e ->
          new ContextExceededException(message, e.tokens(), e.contextLength());
      case RequestException _ -> new RequestException(message, cause);
      case EngineGoneException _ -> new EngineGoneException(message, cause);
      default -> new EngineException(message, cause);
    };
  }

  @Override
  public void cancel() {
    breakOff(Reason.CANCELLED);
  }

  @Override
  public void close() {
    closed = true;
    cancel();
    items.clear();
    items.add(new Failure(new EngineException("generation was closed")));
  }
}
