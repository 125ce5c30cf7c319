package dev.jmr.cli;

import dev.jmr.bench.serving.ServedModel;
import dev.jmr.bench.serving.ServedModels;
import dev.jmr.cli.chat.Answerer;
import dev.jmr.cli.chat.ServerModel;
import dev.jmr.model.chat.ChatInput;
import dev.jmr.model.chat.ChatMessage;
import dev.jmr.model.chat.ChatMessage.Role;
import dev.jmr.model.sample.SamplingParameters;
import dev.jmr.runtime.EngineOptions;
import dev.jmr.runtime.Generation;
import dev.jmr.runtime.GenerationRequest;
import dev.jmr.runtime.Prompt;
import dev.jmr.runtime.tuning.TuningFile;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Has models asked where `jmr run` would ask them: on the server if one runs, else in this process.
final class BenchModels implements ServedModels {
  private final Context context;

  BenchModels(Context context) {
    this.context = context;
  }

  @Override
  public ServedModel open(String model, int parallel) throws InterruptedException {
    Optional<ServerModel> remote = new ServerOption().model(context, model);
    return remote.isPresent() ? onServer(remote.get(), model) : here(model, parallel);
  }

  private ServedModel onServer(ServerModel remote, String model) throws InterruptedException {
    if (remote.runner().isPresent()) {
      new Transfers(context, remote.runner().get()).pullIfMissing(model);
    }
    return new Asked(remote, true, model + " on " + remote.address());
  }

  private ServedModel here(String model, int parallel) throws InterruptedException {
    LocatedModel located = LocatedModel.of(context, model);
    EngineOptions options =
        located
            .addTo(EngineOptions.defaults().withMaxSequences(parallel))
            .withTuning(TuningFile.ofThisUser());
    EmbeddedModel embedded =
        new EmbeddedModel(
            located.file(),
            options.chatTemplate(),
            _ -> EngineLoader.load(context, located.file(), options));
    boolean chat = embedded.description().chatTemplate().isPresent();
    return new Asked(embedded, chat, model + " in this process");
  }

  /// @param chat whether the prompt is a message, not a text to go on with
  private record Asked(Answerer model, boolean chat, String description) implements ServedModel {
    @Override
    public Generation ask(String prompt, int maxTokens) {
      Prompt asked =
          chat
              ? new Prompt.Chat(
                  new ChatInput(
                      List.of(new ChatMessage(Role.USER, prompt)), List.of(), Map.of(), true))
              : new Prompt.Text(prompt, false);
      return model.submit(new GenerationRequest(asked, SamplingParameters.defaults(), maxTokens));
    }

    @Override
    public void close() {
      model.close();
    }
  }
}
