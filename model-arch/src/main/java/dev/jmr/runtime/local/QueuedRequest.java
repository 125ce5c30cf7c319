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
/// @param dropped tokens that were left out of the prompt
/// @param plan what holds the answer to the rules of the request
/// @param deadline until when it must be answered
/// @param generation where its events go
record QueuedRequest(
    int[] prompt,
    int dropped,
    GenerationRequest request,
    AnswerPlan plan,
    Deadline deadline,
    LocalGeneration generation)
    implements RequestQueue.Request {
  /// A whole prompt without rules, from now on.
  QueuedRequest(int[] prompt, GenerationRequest request, LocalGeneration generation) {
    this(prompt, 0, request, AnswerPlan.FREE, Deadline.after(request.limits().time()), generation);
  }

  /// Whether nobody wants it any more, or its time is up.
  @Override
  public boolean cancelled() {
    return generation.cancelled() || deadline.passed();
  }

  @Override
  public void finishCancelled() {
    generation.emit(
        new Finished(
            generation.cancelled() ? Reason.CANCELLED : Reason.LENGTH,
            new Usage(prompt.length, 0, 0, dropped),
            new Timings(0, 0, 0)));
  }

  @Override
  public void fail(EngineException cause) {
    generation.fail(cause);
  }
}
