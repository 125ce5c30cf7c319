package dev.jmr.runtime.local;

import dev.jmr.runtime.Engine;
import dev.jmr.runtime.EngineDescription;
import dev.jmr.runtime.EngineException;
import dev.jmr.runtime.EngineOptions;
import dev.jmr.runtime.Generation;
import dev.jmr.runtime.GenerationRequest;
import dev.jmr.tensor.backend.KvPages;

/// One loaded model and the one thread that runs its steps.
///
/// That thread owns the scheduler, the pages and the loaded model, and closes the model when it ends. Other threads
/// only check requests and put them into the queue.
final class LocalEngine implements Engine {
  /// Requests that may wait for a slot.
  static final int QUEUE_CAPACITY = 64;

  private final EngineDescription description;
  private final PromptEncoder prompts;
  private final RequestQueue queue = new RequestQueue(QUEUE_CAPACITY);
  private final LoadedModel loaded;
  private final BatchScheduler scheduler;
  private final Thread thread;

  private LocalEngine(LoadedModel loaded, EngineOptions options) {
    this.loaded = loaded;
    this.description = loaded.description();
    this.prompts = new PromptEncoder(loaded.model(), options.chatTemplate(), description);
    this.scheduler =
        new BatchScheduler(
            loaded.executable(),
            loaded.tokenizer(),
            new KvPages(loaded.pageCount()),
            loaded.limits());
    this.thread =
        Thread.ofPlatform().daemon().name("jmr-engine " + description.name()).unstarted(this::run);
  }

  /// Starts the engine of a loaded model, which it owns from now on, even if this fails.
  static LocalEngine start(LoadedModel loaded, EngineOptions options) {
    try {
      LocalEngine engine = new LocalEngine(loaded, options);
      engine.thread.start();
      return engine;
    } catch (RuntimeException | Error e) {
      loaded.close();
      throw e;
    }
  }

  @Override
  public EngineDescription description() {
    return description;
  }

  @Override
  public Generation submit(GenerationRequest request) {
    LocalGeneration generation = new LocalGeneration();
    queue.add(new QueuedRequest(prompts.encode(request.prompt()), request, generation));
    return generation;
  }

  /// Ends all generations, then waits until the thread has closed the model.
  @Override
  public void close() {
    queue.close(new EngineException("engine was closed"));
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

  private void run() {
    EngineException end = new EngineException("engine was closed");
    try (loaded) {
      while (!queue.closed()) {
        admit();
        scheduler.step();
      }
    } catch (RuntimeException | Error e) {
      end = new EngineException("engine stopped: " + e, e);
    } finally {
      queue.close(end);
      scheduler.failAll(end);
    }
  }

  /// Fills the free slots from the queue; waits there when nothing runs.
  private void admit() {
    queue.dropCancelled();
    if (scheduler.idle()) {
      queue.awaitRequest();
    }
    while (scheduler.hasFreeSlot()) {
      var request = queue.poll();
      if (request.isEmpty()) {
        return;
      }
      scheduler.admit(request.get());
    }
  }
}
