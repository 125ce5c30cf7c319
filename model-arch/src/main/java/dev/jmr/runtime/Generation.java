package dev.jmr.runtime;

/// One running answer.
///
/// **Threads.** [#next] belongs to one consumer thread; [#cancel] and [#close] may be called from any, any number of times,
/// and never wait for the engine.
///
/// **Lifetime.** The caller closes it, whatever happened to it before; an engine that is closed ends it with an error. A
/// consumer that takes its time holds up nobody else.
///
/// **Failure.** A generation that failed stays failed: [#next] throws what went wrong after all events that were made before.
public interface Generation extends AutoCloseable {
  /// Waits for the next event. After [GenerationEvent.Finished] there is none.
  ///
  /// @throws RequestException before any event but progress, for what [Engine#submit] would have refused had it known: an
  ///     engine that asks another program learns it late
  /// @throws EngineException if the generation failed, was closed, or there is no further event
  /// @throws InterruptedException if this thread was interrupted; the generation goes on, and can be asked again
  GenerationEvent next() throws InterruptedException;

  /// Asks the engine to stop before its next step; [GenerationEvent.Finished] with reason `CANCELLED` follows, after the
  /// events that were made before, unless the answer came to its end by itself meanwhile.
  void cancel();

  /// Cancels, if it still runs, and forgets the remaining events.
  @Override
  void close();
}
