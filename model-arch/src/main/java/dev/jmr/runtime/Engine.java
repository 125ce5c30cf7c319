package dev.jmr.runtime;

import java.util.ArrayList;
import java.util.List;

/// A loaded model that answers requests.
///
/// What a model can is in its description; what it cannot is refused with an [EngineException] that says what it can. What a
/// request wants and the engine cannot do at all, such as holding an answer to a regular expression, is refused with a
/// [RequestException] too, never passed over: an answer that is not what was asked for is worse than none.
///
/// **Threads.** Thread-safe: all methods may be called by many threads at the same time. [#description], [#stats] and
/// [#running] return at once, [#submit] without waiting for other requests, all others wait for their result.
///
/// **Lifetime.** From [EngineProvider#load] to [#close], which gives back all that was taken (memory, files, processes),
/// ends everything that runs or waits with an error, and returns when that is done. It may be called any number of times,
/// by any thread; afterwards requests are refused with an [EngineException].
///
/// **Failure.** An engine that breaks down, such as a process that crashes, ends all its requests with an [EngineException]
/// that says why (an [EngineGoneException] for those with which it had not begun), and is not [#running] from then on. It is closed all the same; whoever needs it loads another.
public interface Engine extends AutoCloseable {
  /// What is loaded, what it can, and on what it runs.
  EngineDescription description();

  /// Queues a request and returns at once; events come from [Generation#next].
  ///
  /// @throws RequestException if the prompt does not fit the context, a token id does not exist, the template refuses the
  ///     conversation, or the answer cannot be held to the rules of the request; [Generation#next] throws it where this is
  ///     not known at once
  /// @throws EngineOverloadedException if too many requests wait
  /// @throws EngineException if the model does not generate text
  Generation submit(GenerationRequest request);

  /// Queues a request for several answers, whose prompt is computed once. Their seeds follow the request's by one each, unless
  /// that is random.
  ///
  /// @param count of answers, at least one
  /// @return the answers, as [#submit] makes them; the first has the request's own seed
  /// @throws EngineException as [#submit] does; no answer is made then
  default List<Generation> submit(GenerationRequest request, int count) {
    if (count < 1) {
      throw new IllegalArgumentException("answers: expected at least one, got " + count);
    }
    List<Generation> answers = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        answers.add(submit(request.withSeedOffset(i)));
      }
    } catch (RuntimeException | Error e) {
      answers.forEach(Generation::close);
      throw e;
    }
    return answers;
  }

  /// What it is doing, and has done so far; may be asked for at any time.
  ///
  /// @return [EngineStats#NONE] if it does not count
  default EngineStats stats() {
    return EngineStats.NONE;
  }

  /// Waits for the embeddings of all inputs, which share passes with those of other threads and take turns with what is
  /// being generated. An input's embedding does not depend on what it is computed with, but for rounding.
  ///
  /// @throws EngineException if the model does not embed, an input is empty or does not fit the context, a token id does
  ///     not exist, there are fewer dimensions, or the computation failed: no input has a result then
  /// @throws EngineOverloadedException if too many requests wait
  /// @throws InterruptedException if this thread was interrupted; what is not computed by then never is
  Embeddings embed(EmbeddingRequest request) throws InterruptedException;

  /// Waits for the scores of all documents, as [#embed] does for embeddings.
  ///
  /// @throws EngineException if the model is no reranker, or as [#embed] does
  /// @throws InterruptedException if this thread was interrupted; what is not computed by then never is
  Ranking rerank(RerankRequest request) throws InterruptedException;

  /// The ids of a prompt, as they would be run.
  ///
  /// @throws EngineException as [#submit] does for a prompt
  int[] tokenize(Prompt prompt);

  /// The ids of a text.
  ///
  /// @param addSpecial whether the special tokens that the model wants around a text are added
  /// @param parseSpecial whether the text of a control token such as `<|im_end|>` means that token
  int[] tokenize(String text, boolean addSpecial, boolean parseSpecial);

  /// The text of tokens; control tokens contribute nothing.
  ///
  /// @throws EngineException if a token id does not exist
  String detokenize(int[] ids);

  /// Whether it takes requests: false once it was closed or broke down, and never true again.
  boolean running();

  @Override
  void close();
}
