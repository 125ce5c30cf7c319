package dev.jmr.runtime.local;

import dev.jmr.model.embedding.Pooling;
import dev.jmr.model.tokenizer.EncodeOptions;
import dev.jmr.model.tokenizer.Tokenizer;
import dev.jmr.model.tokenizer.TokenizerException;
import dev.jmr.runtime.Capabilities;
import dev.jmr.runtime.Capabilities.Task;
import dev.jmr.runtime.EmbeddingRequest;
import dev.jmr.runtime.Embeddings;
import dev.jmr.runtime.Engine;
import dev.jmr.runtime.EngineDescription;
import dev.jmr.runtime.EngineException;
import dev.jmr.runtime.EngineStats;
import dev.jmr.runtime.Generation;
import dev.jmr.runtime.GenerationRequest;
import dev.jmr.runtime.Prompt;
import dev.jmr.runtime.Ranking;
import dev.jmr.runtime.RerankRequest;
import java.util.concurrent.Semaphore;

/// One loaded model and the one thread that runs its steps: by turns one of generation and one of embedding.
///
/// That thread owns what was compiled and the loaded model, and closes both when it ends. Other threads only check
/// requests, put them into the queues, and wait for the results.
final class LocalEngine implements Engine {
  /// Requests of each kind that may wait.

  private final EngineDescription description;

  private final PromptEncoder prompts;
  private final Tokenizer tokenizer;
  private final LocalEmbedding embedding;

  /// Has a permit when the thread should look what there is to do.
  private final Semaphore wake = new Semaphore(0);

  private final RequestQueue<QueuedRequest> generations;
  private final RequestQueue<EmbeddingTask> embeddings;
  private final LoadedModel loaded;
  private final GenerationWork generationWork;
  private final EmbeddingWork embeddingWork;
  private final Thread thread;

  private LocalEngine(LoadedModel loaded) {
    this.loaded = loaded;
    this.generations = new RequestQueue<>(loaded.options().queueCapacity(), wake::release);
    this.embeddings = new RequestQueue<>(loaded.options().queueCapacity(), wake::release);
    this.description = loaded.description();
    this.prompts = new PromptEncoder(loaded.model(), loaded.options().chatTemplate(), description);
    this.tokenizer = loaded.tokenizer();
    this.embedding = new LocalEmbedding(loaded, embeddings);
    this.generationWork = new GenerationWork(loaded);
    this.embeddingWork = new EmbeddingWork(loaded);
    this.thread =
        Thread.ofPlatform().daemon().name("jmr-engine " + description.name()).unstarted(this::run);
  }

  /// Starts the engine of a loaded model, which it owns from now on, even if this fails.
  static LocalEngine start(LoadedModel loaded) {
    try {
      LocalEngine engine = new LocalEngine(loaded);
      engine.prepare(loaded.description().capabilities());
      engine.thread.start();
      return engine;
    } catch (RuntimeException | Error e) {
      loaded.close();
      throw e;
    }
  }

  /// Compiles what a model is for, so that what is wrong with it shows as it is loaded.
  private void prepare(Capabilities capabilities) {
    if (isForAnswers(capabilities)) {
      generationWork.prepare();
    } else if (capabilities.can(Task.RERANK)) {
      embeddingWork.prepare(EmbeddingTask.Kind.RANKING);
    } else {
      embeddingWork.prepare(EmbeddingTask.Kind.EMBEDDING);
    }
  }

  /// Whether a model will most likely generate. Embedding models that could, hardly ever do.
  private static boolean isForAnswers(Capabilities capabilities) {
    return capabilities.can(Task.GENERATE) && capabilities.pooling() == Pooling.NONE;
  }

  @Override
  public EngineDescription description() {
    return description;
  }

  @Override
  public Generation submit(GenerationRequest request) {
    if (!description.capabilities().can(Task.GENERATE)) {
      throw new EngineException(
          "generation: expected a model that generates text, got one that can "
              + description.capabilities());
    }
    PromptEncoder.Encoded prompt = prompts.prepare(request);
    LocalGeneration generation = new LocalGeneration();
    Deadline deadline = Deadline.after(request.limits().time());
    generations.add(
        new QueuedRequest(
            prompt.ids(), prompt.dropped(), request, prompt.plan(), deadline, generation));
    return prompt.parser().isPresent()
        ? new ParsedGeneration(
            generation, prompt.parser().get(), request.rules().parallelToolCalls())
        : generation;
  }

  @Override
  public EngineStats stats() {
    return generationWork.counters().look(generations.size());
  }

  @Override
  public Embeddings embed(EmbeddingRequest request) throws InterruptedException {
    return embedding.embed(request);
  }

  @Override
  public Ranking rerank(RerankRequest request) throws InterruptedException {
    return embedding.rerank(request);
  }

  @Override
  public int[] tokenize(Prompt prompt) {
    return prompts.encode(prompt);
  }

  @Override
  public int[] tokenize(String text, boolean addSpecial, boolean parseSpecial) {
    return tokenizer.encode(text, new EncodeOptions(addSpecial, parseSpecial));
  }

  @Override
  public String detokenize(int[] ids) {
    try {
      return tokenizer.decode(ids);
    } catch (TokenizerException e) {
      throw new EngineException(String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public boolean running() {
    return !generations.closed();
  }

  /// Ends everything that runs or waits, then waits until the thread has closed the model.
  @Override
  public void close() {
    closeQueues(new EngineException("engine was closed"));
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void closeQueues(EngineException cause) {
    embeddings.close(cause);
    generations.close(cause);
  }

  private void run() {
    EngineException end = new EngineException("engine was closed");
    try (loaded;
        generationWork;
        embeddingWork) {
      while (!generations.closed()) {
        generationWork.admit(generations);
        embeddingWork.admit(embeddings);
        if (generationWork.idle() && embeddingWork.idle()) {
          wake.acquireUninterruptibly();
          wake.drainPermits();
        }
        generationWork.step();
        embeddingWork.step();
      }
    } catch (RuntimeException | Error e) {
      end = new EngineException("engine stopped: " + e, e);
    } finally {
      closeQueues(end);
      generationWork.failAll(end);
      embeddingWork.failAll(end);
    }
  }
}
