package dev.jmr.cli.chat;

import dev.jmr.runtime.Generation;
import dev.jmr.runtime.GenerationRequest;

/// Who answers a conversation: an engine in this process, or a server. For one thread, which closes it; only [#submit] may be
/// called by others at the same time.
public interface Answerer extends AutoCloseable {
  /// What can be told about a model.
  enum Topic {
    INFO,
    TEMPLATE,
    LICENSE
  }

  /// Begins an answer; the caller closes it.
  ///
  /// @throws dev.jmr.runtime.EngineException if it cannot be begun; a server may tell so with the first event only
  Generation submit(GenerationRequest request);

  /// What is known of the model, as text of one line or more.
  String about(Topic topic);

  /// Gives the model a context of this length, which may load it again.
  ///
  /// @throws dev.jmr.runtime.EngineException if it cannot be had; the context is as before then
  void changeContext(int tokens);

  @Override
  void close();
}
