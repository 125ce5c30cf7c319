package dev.jmr.runtime.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jmr.model.TestModels;
import dev.jmr.runtime.EmbeddingInput;
import dev.jmr.runtime.EmbeddingRequest;
import dev.jmr.runtime.Embeddings;
import dev.jmr.runtime.EngineException;
import dev.jmr.runtime.EngineOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// An encoder whose passes wait until the test lets them run.
class EmbeddingLifecycleTest {
  private final LoadedModel loaded =
      LoadedModel.load(
          TestModels.path("tiny-bert-mean"), EngineFixture.OPTIONS.withPromptChunk(100));
  private final GatedBackend gate = new GatedBackend(loaded.backend(), 0);
  private final LocalEngine engine =
      LocalEngine.start(
          new LoadedModel(loaded.model(), gate, loaded.description(), loaded.options()));
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  @AfterEach
  void close() {
    open();
    engine.close();
    threads.close();
  }

  private void open() {
    gate.permits().release(1 << 20);
  }

  /// Asks for texts of these lengths.
  private Future<Embeddings> embed(int... lengths) {
    List<EmbeddingInput> inputs =
        IntStream.of(lengths)
            .<EmbeddingInput>mapToObj(length -> new EmbeddingInput.Tokens(new int[length]))
            .toList();
    return threads.submit(() -> engine.embed(EmbeddingRequest.of(inputs)));
  }

  private void awaitPass() {
    while (!gate.permits().hasQueuedThreads()) {
      Thread.onSpinWait();
    }
  }

  @Test
  void compilesOnlyWhatEmbedsAsItIsLoaded() throws Exception {
    assertThat(gate.graphs()).singleElement().matches(graph -> !graph.hasLogits());
    Future<Embeddings> result = embed(3);
    open();
    result.get();
    embed(3).get();
    assertThat(gate.graphs()).singleElement().matches(graph -> !graph.hasLogits());
  }

  @Test
  void packsWholeTextsIntoPasses() throws Exception {
    Future<Embeddings> result = embed(60, 60, 8, 1, 128, 127, 1, 1);
    open();
    result.get();
    assertThat(gate.runs()).containsExactly(60 + 60 + 8, 1, 128, 127 + 1, 1);
  }

  @Test
  void closingEndsThoseThatWait() throws Exception {
    Future<Embeddings> running = embed(3);
    awaitPass();
    Future<Embeddings> waiting = embed(4);
    CompletableFuture<Void> closing = CompletableFuture.runAsync(engine::close);
    assertThatThrownBy(waiting::get)
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOf(EngineException.class)
        .hasMessage("engine was closed");
    open();
    closing.get();
    running.get();
    assertThat(gate.closings()).hasValue(1);
    assertThatThrownBy(() -> embed(3).get()).hasMessageContaining("engine was closed");
  }

  @Test
  void anInterruptedThreadTakesItsTextsBack() throws Exception {
    Future<Embeddings> first = embed(3);
    awaitPass();
    List<Throwable> thrown = new ArrayList<>();
    Thread waiting =
        Thread.ofPlatform()
            .start(() -> {
              try {
                engine.embed(EmbeddingRequest.of(List.of(new EmbeddingInput.Tokens(new int[77]))));
              } catch (InterruptedException | RuntimeException e) {
                thrown.add(e);
              }
            });
    waiting.interrupt();
    waiting.join();
    open();
    first.get();
    embed(5).get();
    assertThat(thrown).singleElement().isInstanceOf(InterruptedException.class);
    assertThat(gate.runs()).containsExactly(3, 5);
  }

  @Test
  void aFullQueueRefusesRequests() throws Exception {
    Future<Embeddings> running = embed(128);
    awaitPass();
    List<Future<Embeddings>> waiting = new ArrayList<>();
    for (int i = 0; i < EngineOptions.DEFAULT_QUEUE_CAPACITY + 1; i++) {
      waiting.add(embed(100));
    }
    while (waiting.stream().noneMatch(Future::isDone)) {
      Thread.onSpinWait();
    }
    assertThat(waiting.stream().filter(request -> request.state() == Future.State.FAILED))
        .singleElement()
        .extracting(request -> request.exceptionNow().getMessage())
        .isEqualTo("queue: expected at most 64 waiting requests, got one more; try again later");
    open();
    running.get();
    for (Future<Embeddings> request : waiting) {
      if (request.state() != Future.State.FAILED) {
        assertThat(request.get().items()).hasSize(1);
      }
    }
  }
}
