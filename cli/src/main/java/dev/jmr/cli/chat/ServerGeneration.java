package dev.jmr.cli.chat;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.jmr.runtime.EngineException;
import dev.jmr.runtime.Generation;
import dev.jmr.runtime.GenerationEvent;
import dev.jmr.runtime.GenerationEvent.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/// An answer that a server streams. Cancelling closes the connection, at which the server stops.
final class ServerGeneration implements Generation {
  private static final String DATA = "data:";
  private static final String DONE = "[DONE]";

  private final ServerCalls calls;
  private final CompletableFuture<HttpResponse<InputStream>> response;
  private final ChunkEvents chunks = new ChunkEvents(System.nanoTime());
  private final Deque<GenerationEvent> events = new ArrayDeque<>();
  private Optional<EventLines> lines = Optional.empty();
  private boolean finished;
  private volatile boolean cancelled;

  ServerGeneration(ServerCalls calls, CompletableFuture<HttpResponse<InputStream>> response) {
    this.calls = calls;
    this.response = response;
  }

  @Override
  public GenerationEvent next() throws InterruptedException {
    if (finished) {
      throw new EngineException("generation: expected no call of next after its end");
    }
    try {
      while (events.isEmpty()) {
        if (lines.isEmpty()) {
          lines = Optional.of(new EventLines(calls.checked(response.get()).body()));
        }
        Optional<String> line = lines.get().next();
        if (cancelled) {
          return end(Reason.CANCELLED);
        }
        if (line.isEmpty()) {
          return end(false);
        }
        if (isDone(line.get())) {
          readToEnd(lines.get());
          return end(true);
        }
        read(line.get());
      }
      return events.removeFirst();
    } catch (IOException | ExecutionException | CancellationException e) {
      if (cancelled) {
        return end(Reason.CANCELLED);
      }
      finished = true;
      throw calls.failure(
          e instanceof ExecutionException x && x.getCause() != null ? x.getCause() : e);
    }
  }

  /// The server would think otherwise that its client left, and the connection could not be used again.
  private static void readToEnd(EventLines lines) {
    try {
      while (lines.next().isPresent()) {
        // Nothing follows the last event but the end of the response.
      }
    } catch (IOException _) {
      // The answer is there.
    }
  }

  private static boolean isDone(String line) {
    return line.startsWith(DATA) && line.substring(DATA.length()).strip().equals(DONE);
  }

  private void read(String line) throws JacksonException {
    if (line.startsWith("error:")) {
      throw calls.refusal(line.substring("error:".length()));
    }
    if (!line.startsWith(DATA)) {
      return;
    }
    JsonNode chunk = RequestBody.JSON.readTree(line.substring(DATA.length()));
    if (chunk.hasNonNull("error")) {
      throw calls.refusal(chunk.toString());
    }
    events.addAll(chunks.read(chunk, System.nanoTime()));
  }

  private GenerationEvent end(boolean done) throws IOException {
    if (!done && !chunks.ended()) {
      throw new IOException("the answer broke off");
    }
    return end(Reason.STOP);
  }

  private GenerationEvent end(Reason reason) {
    finished = true;
    return chunks.finished(reason);
  }

  @Override
  public void cancel() {
    cancelled = true;
    if (!response.cancel(true) && !response.isCompletedExceptionally()) {
      try {
        response.join().body().close();
      } catch (IOException _) {
        // It is of no more use.
      }
    }
  }

  @Override
  public void close() {
    cancel();
  }
}
