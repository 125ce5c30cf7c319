package dev.jmr.server.llamaserver;

import dev.jmr.runtime.EngineException;
import java.io.IOException;

/// Tells what it means that the connection to a server broke.
@FunctionalInterface
interface BrokenConnection {
  /// What to tell whoever waits for an answer.
  ///
  /// @param begun whether the server had begun to answer
  EngineException failure(IOException cause, boolean begun);
}
