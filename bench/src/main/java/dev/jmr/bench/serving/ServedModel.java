package dev.jmr.bench.serving;

import dev.jmr.runtime.Generation;

/// A model that answers several at the same time. Thread-safe, but for [#close].
public interface ServedModel extends AutoCloseable {
  /// Begins the answer to a prompt; the caller closes it.
  ///
  /// @param maxTokens of the answer at most; 0 = until the model ends by itself
  /// @throws dev.jmr.runtime.EngineException if it cannot be begun
  Generation ask(String prompt, int maxTokens);

  /// Who answers, for the reader: `ai/smollm2 on http://localhost:12434`.
  String description();

  @Override
  void close();
}
