package dev.jmr.runtime.local;

import dev.jmr.runtime.EngineException;
import dev.jmr.runtime.GenerationEvent.Finished;
import dev.jmr.runtime.GenerationEvent.Reason;
import dev.jmr.runtime.GenerationEvent.Timings;
import dev.jmr.runtime.GenerationEvent.Usage;
import dev.jmr.runtime.GenerationRequest;

/// A request that was checked and waits for a slot.
///
/// @param prompt its token ids: at least one, all of the vocabulary, fewer than the context holds
/// @param generation where its events go
record QueuedRequest(int[] prompt, GenerationRequest request, LocalGeneration generation)
    implements RequestQueue.Request {
  @Override
  public boolean cancelled() {
    return generation.cancelled();
  }

  @Override
  public void finishCancelled() {
    generation.emit(
        new Finished(Reason.CANCELLED, new Usage(prompt.length, 0), new Timings(0, 0, 0)));
  }

  @Override
  public void fail(EngineException cause) {
    generation.fail(cause);
  }
}
