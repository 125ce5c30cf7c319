package dev.jmr.server.llamaserver;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jmr.runtime.EngineException;
import java.io.IOException;

/// Calls of a server that are answered as a whole; that it is gone is told in our terms. Thread-safe.
///
/// @param broken what a broken connection means
record ServerCalls(ServerClient client, BrokenConnection broken) {
  /// For threads that do not expect to be interrupted: they stay so.
  ///
  /// @throws EngineException if the server refuses, fails, or is gone
  JsonNode post(String path, JsonNode body) {
    try {
      return postInterruptibly(path, body);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineException("llama-server: interrupted while it worked on " + path, e);
    }
  }

  /// @throws EngineException if the server refuses, fails, or is gone
  JsonNode postInterruptibly(String path, JsonNode body) throws InterruptedException {
    try {
      return client.post(path, body);
    } catch (IOException e) {
      throw broken.failure(e, false);
    }
  }
}
