package dev.jmr.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Server-sent events, each sent at once. Begins the response when it is made, so that what went wrong before can still be
/// answered with a status. Used by one thread.
///
/// Once the client is gone every call throws [UncheckedIOException].
public final class SseWriter implements AutoCloseable {
  private static final byte[] DATA = "data: ".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] END = "\n\n".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] PING = ": ping\n\n".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] DONE = "data: [DONE]\n\n".getBytes(StandardCharsets.US_ASCII);

  private final Listener listener;
  private final OutputStream out;
  private final SlowReaders.Watch watch;

  /// Is told of what is sent, before it is sent.
  interface Listener {
    /// For who does not want to know.
    Listener NONE = new Listener() {};

    /// An event without a name.
    default void sent(JsonNode event) {}

    /// The last event of OpenAI's streams.
    default void done() {}
  }

  /// Begins.
  SseWriter(ServerResponse response, SlowReaders slowReaders, Listener listener) {
    this.listener = listener;
    response.header(HeaderNames.CONTENT_TYPE, "text/event-stream");
    response.header(HeaderNames.CACHE_CONTROL, "no-cache");
    response.header("X-Accel-Buffering", "no");
    this.out = response.outputStream();
    this.watch = slowReaders.watch();
  }

  /// An event without a name.
  public void send(JsonNode data) {
    listener.sent(data);
    write(event(data));
  }

  /// An event with a name.
  public void send(String name, JsonNode data) {
    byte[] event = event(data);
    byte[] line = ("event: " + name + "\n").getBytes(StandardCharsets.UTF_8);
    byte[] both = Arrays.copyOf(line, line.length + event.length);
    System.arraycopy(event, 0, both, line.length, event.length);
    write(both);
  }

  private static byte[] event(JsonNode data) {
    byte[] json = Json.bytes(data);
    byte[] event = new byte[DATA.length + json.length + END.length];
    System.arraycopy(DATA, 0, event, 0, DATA.length);
    System.arraycopy(json, 0, event, DATA.length, json.length);
    System.arraycopy(END, 0, event, DATA.length + json.length, END.length);
    return event;
  }

  /// A comment, which clients pass over: it keeps the connection open, and shows whether it still is.
  public void ping() {
    write(PING);
  }

  /// The last event of OpenAI's streams.
  public void done() {
    listener.done();
    write(DONE);
  }

  private void write(byte[] bytes) {
    watch.begin();
    try {
      out.write(bytes);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("client is gone", e);
    } finally {
      watch.end();
    }
  }

  @Override
  public void close() {
    try {
      out.close();
    } catch (IOException e) {
      throw new UncheckedIOException("client is gone", e);
    } finally {
      watch.close();
    }
  }
}
