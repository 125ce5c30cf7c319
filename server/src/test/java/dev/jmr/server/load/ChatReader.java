package dev.jmr.server.load;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jmr.server.http.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/// Reads the text of a chat that is streamed, chunk by chunk. For one thread; closing it leaves the server alone.
final class ChatReader implements AutoCloseable {
  private final BufferedReader lines;
  private final StringBuilder text = new StringBuilder();
  private boolean done;

  ChatReader(InputStream body) {
    lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
  }

  /// Reads the next chunk; false at the end.
  ///
  /// @throws IOException if the stream breaks off, or tells an error
  boolean next() throws IOException {
    while (true) {
      String line = lines.readLine();
      if (line == null) {
        throw new IOException("stream: expected [DONE], got its end");
      }
      if (line.startsWith("data: ")) {
        return accept(line.substring("data: ".length()));
      }
    }
  }

  private boolean accept(String data) throws IOException {
    if (data.equals("[DONE]")) {
      done = true;
      return false;
    }
    JsonNode chunk = Json.read(data);
    if (chunk.has("error")) {
      throw new IOException(chunk.path("error").path("message").asText());
    }
    text.append(chunk.at("/choices/0/delta/content").asText(""));
    return true;
  }

  /// The rest of it.
  String all() throws IOException {
    while (!done && next()) {
      // Goes on.
    }
    return text.toString();
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
