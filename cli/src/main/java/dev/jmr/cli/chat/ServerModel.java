package dev.jmr.cli.chat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jmr.cli.runner.RemoteRunner;
import dev.jmr.cli.runner.RunnerAddress;
import dev.jmr.cli.runner.RunnerException;
import dev.jmr.runtime.EngineException;
import dev.jmr.runtime.Generation;
import dev.jmr.runtime.GenerationRequest;
import dev.jmr.runtime.Prompt;
import java.util.Optional;
import java.util.function.Consumer;

/// A model that a server runs: ours, Docker Model Runner, or any that speaks OpenAI's API.
public final class ServerModel implements Answerer {
  private static final String ENGINES = "/engines/v1";

  private final ServerCalls calls;
  private final Optional<RemoteRunner> runner;
  private final String model;

  private ServerModel(ServerCalls calls, Optional<RemoteRunner> runner, String model) {
    this.calls = calls;
    this.runner = runner;
    this.model = model;
  }

  /// A model on a server.
  ///
  /// @param address of the runner; where there is none, what stands before `/chat/completions`
  /// @param runner manages the models there, and is closed with this; empty if it is a server that only answers
  /// @param key brought along with every call
  /// @param trace is told every call
  public static ServerModel of(
      RunnerAddress address,
      Optional<RemoteRunner> runner,
      Optional<String> key,
      String model,
      Consumer<String> trace) {
    ServerCalls calls =
        new ServerCalls(ServerCalls.client(address.tls()), address.base(), key, trace);
    return new ServerModel(calls, runner, model);
  }

  /// What manages the models of the server.
  public Optional<RemoteRunner> runner() {
    return runner;
  }

  /// What stands before the paths of all calls.
  public String address() {
    return calls.base().toString();
  }

  @Override
  public Generation submit(GenerationRequest request) {
    String path = request.prompt() instanceof Prompt.Chat ? "/chat/completions" : "/completions";
    return new ServerGeneration(
        calls,
        calls.post((runner.isPresent() ? ENGINES : "") + path, RequestBody.of(model, request)));
  }

  @Override
  public String about(Topic topic) {
    String here = "%s on %s".formatted(model, calls.base());
    if (runner.isEmpty() || topic != Topic.INFO) {
      return here + "; the server does not tell more";
    }
    try {
      return here + "\n" + runner.get().model(model, false).toPrettyString();
    } catch (RunnerException e) {
      return here + ": " + e.getMessage();
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  @Override
  public void changeContext(int tokens) {
    ObjectNode body =
        RequestBody.JSON.createObjectNode().put("model", model).put("context-size", tokens);
    try {
      runner
          .orElseThrow(() ->
              new EngineException(
                  "num_ctx: expected a model runner, got a server that only answers"))
          .configure(body);
    } catch (RunnerException e) {
      throw new EngineException("num_ctx: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static EngineException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new EngineException("interrupted", e);
  }

  @Override
  public void close() {
    runner.ifPresent(RemoteRunner::close);
    calls.http().shutdownNow();
  }
}
