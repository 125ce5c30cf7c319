package dev.jmr.runtime;

/// One running answer. [#next] belongs to one consumer thread; [#cancel] and [#close] may be called from any.
public interface Generation extends AutoCloseable {
  /// Waits for the next event. After [GenerationEvent.Finished] there is none.
  ///
  /// @throws EngineException if the generation failed, or there is no further event
  GenerationEvent next() throws InterruptedException;

  /// Asks the engine to stop before its next step; [GenerationEvent.Finished] with reason `CANCELLED` follows.
  void cancel();

  /// Cancels, if it still runs, and forgets the remaining events.
  @Override
  void close();
}
