package dev.jmr.server.llamaserver;

import com.fasterxml.jackson.databind.node.ObjectNode;
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
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/// A model that a `llama-server` of its own runs. Owns the process.
final class LlamaServerEngine implements Engine {
  private final RunningServer server;
  private final EngineDescription description;
  private final Admission admission;
  private final ServerCalls calls;
  private final Tokens tokens;
  private final TextVectors vectors;
  private volatile boolean closed;

  /// @param server which it owns from now on
  LlamaServerEngine(CommandLine line, RunningServer server) {
    this.server = server;
    this.description = description(line, server);
    this.admission = new Admission(line.slots(), line.options().queueCapacity());
    this.calls = new ServerCalls(server.client(), this::failure);
    this.tokens = new Tokens(calls, line.model().vocabularySize(), description.contextLength());
    this.vectors = new TextVectors(calls, tokens, line.pooling(), line.model().embeddingLength());
  }

  private static EngineDescription description(CommandLine line, RunningServer server) {
    ModelHeader model = line.model();
    int slotContext = server.properties().path("default_generation_settings").path("n_ctx").asInt();
    boolean template = !server.properties().path("chat_template").asText("").isEmpty();
    String origin = line.options().chatTemplate().isPresent() ? "given" : "llama-server's choice";
    return new EngineDescription(
        model.name(),
        model.architecture(),
        line.capabilities(),
        slotContext > 0 ? Math.min(slotContext, line.contextLength()) : line.contextLength(),
        model.contextLength(),
        model.parameterCount(),
        model.weightBytes(),
        line.kvBytes(),
        "llama-server %s: process %d, port %d"
            .formatted(
                server.properties().path("build_info").asText("of unknown build"),
                server.process().id(),
                server.port()),
        template ? Optional.of(origin) : Optional.empty(),
        List.of());
  }

  /// What to say when the connection breaks.
  private EngineException failure(IOException cause, boolean begun) {
    return closed ? new EngineException("engine was closed", cause) : server.failure(cause, begun);
  }

  @Override
  public EngineDescription description() {
    return description;
  }

  @Override
  public Generation submit(GenerationRequest request) {
    require(Task.GENERATE);
    boolean chat = request.prompt() instanceof Prompt.Chat;
    ObjectNode body = chat ? chatBody(request) : textBody(request);
    ChunkReader chunks = chat ? new ChatChunkReader(request) : new TextChunkReader(request);
    admission.enter();
    long start = System.nanoTime();
    StreamedGeneration generation =
        new StreamedGeneration(
            () -> server.client().stream(chat ? "/v1/chat/completions" : "/completion", body),
            chunks,
            this::failure,
            () -> {
              admission.count(chunks.progress().usage());
              admission.leave(System.nanoTime() - start);
            });
    generation.start(request.limits().time());
    return generation;
  }

  private static ObjectNode chatBody(GenerationRequest request) {
    return ChatJson.of(request, ((Prompt.Chat) request.prompt()).input());
  }

  private ObjectNode textBody(GenerationRequest request) {
    ObjectNode body = RequestJson.of(request);
    FormatJson.add(body, request.rules().format());
    request.topLogprobs().ifPresent(top -> body.put("n_probs", Math.max(1, top)));
    tokens.addTo(body, request.prompt());
    return body;
  }

  private void require(Task task) {
    if (closed) {
      throw new EngineException("engine was closed");
    }
    if (!description.capabilities().can(task)) {
      throw new EngineException(
          "%s: expected a model that llama-server runs for that, got one that can %s; configure it with --embeddings and --pooling, or --reranking"
              .formatted(
                  switch (task) {
                    case GENERATE -> "generation";
                    case EMBED -> "embedding";
                    case RERANK -> "reranking";
                  },
                  description.capabilities()));
    }
  }

  @Override
  public EngineStats stats() {
    return admission.stats();
  }

  @Override
  public Embeddings embed(EmbeddingRequest request) throws InterruptedException {
    require(Task.EMBED);
    return admitted(() -> vectors.embed(request));
  }

  @Override
  public Ranking rerank(RerankRequest request) throws InterruptedException {
    require(Task.RERANK);
    return admitted(() -> vectors.rerank(request));
  }

  private <T> T admitted(Callable<T> work) throws InterruptedException {
    admission.enter();
    long start = System.nanoTime();
    try {
      return work.call();
    } catch (InterruptedException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new EngineException("llama-server: " + e.getMessage(), e);
    } finally {
      admission.leave(System.nanoTime() - start);
    }
  }

  @Override
  public int[] tokenize(Prompt prompt) {
    return tokens.of(prompt);
  }

  @Override
  public int[] tokenize(String text, boolean addSpecial, boolean parseSpecial) {
    return tokens.of(text, addSpecial, parseSpecial);
  }

  @Override
  public String detokenize(int[] ids) {
    return tokens.text(ids);
  }

  @Override
  public boolean running() {
    return !closed && server.process().alive();
  }

  /// Ends the process; its answers end with it.
  @Override
  public void close() {
    closed = true;
    server.close();
  }
}
