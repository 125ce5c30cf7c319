package dev.jmr.runtime.local;

import dev.jmr.model.Model;
import dev.jmr.model.chat.ChatTemplates;
import dev.jmr.model.embedding.Pooling;
import dev.jmr.model.embedding.RankHead;
import dev.jmr.model.tokenizer.Tokenizer;
import dev.jmr.runtime.Capabilities;
import dev.jmr.runtime.Capabilities.Task;
import dev.jmr.runtime.EngineDescription;
import dev.jmr.runtime.EngineException;
import dev.jmr.runtime.EngineOptions;
import dev.jmr.runtime.MemoryNeed;
import dev.jmr.runtime.tuning.Tuning;
import dev.jmr.runtime.tuning.TuningChoice;
import dev.jmr.tensor.DeviceOptions;
import dev.jmr.tensor.TensorException;
import dev.jmr.tensor.backend.Availability;
import dev.jmr.tensor.backend.Backend;
import dev.jmr.tensor.backend.BackendOptions;
import dev.jmr.tensor.backend.BackendProvider;
import dev.jmr.tensor.backend.Backends;
import dev.jmr.tensor.backend.DeviceException;
import dev.jmr.tensor.backend.MemoryEstimate;
import dev.jmr.tensor.graph.Graph;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// A model and the backend that runs it: owns both and closes them in this order, last first.
///
/// @param options how it was loaded, with nothing left to choose: neither context length nor prompt chunk is 0
record LoadedModel(
    Model model, Backend backend, EngineDescription description, EngineOptions options)
    implements AutoCloseable {
  private static final int DEFAULT_CONTEXT = 4096;
  private static final int MAX_CONTEXT = 1 << 26;

  /// Opens the file and chooses a backend; compiles nothing, and leaves the vocabulary to the engine. Closes everything again if
  /// something fails.
  static LoadedModel load(Path file, EngineOptions options) {
    return load(file, options, Backends.candidates(), List.of());
  }

  /// The same on the processor, with a note that tells why a device refused.
  static LoadedModel loadOnHost(Path file, EngineOptions options, DeviceException refused) {
    List<Backends.Candidate> host =
        Backends.candidates().stream().filter(each -> !each.provider().onDevices()).toList();
    return load(
        file,
        options.withBackend(Backends.best(host).name()).withDevice(DeviceOptions.NONE),
        host,
        List.of(
            EngineDescription.WARNING
                + "the model runs on the processor: "
                + refused.getMessage()));
  }

  private static LoadedModel load(
      Path file, EngineOptions options, List<Backends.Candidate> candidates, List<String> first) {
    Model model = Model.open(file);
    try {
      List<String> notes = new ArrayList<>(first);
      notes.addAll(notes(model, candidates));
      BackendProvider provider = Backends.choose(candidates, options.backend());
      TuningChoice choice = TuningChoice.of(options.tuning(), model, provider);
      choice.note().ifPresent(notes::add);
      EngineOptions tuned = tuned(options, choice.tuning());
      Backend backend =
          Backends.open(
              candidates,
              provider,
              new BackendOptions(
                  tuned.threads(), false, tuned.settings(), device(provider, tuned)));
      try {
        return describe(model, backend, tuned, notes);
      } catch (RuntimeException | Error e) {
        backend.close();
        throw e;
      }
    } catch (TensorException e) {
      model.close();
      throw new EngineException(String.valueOf(e.getMessage()), e);
    } catch (RuntimeException | Error e) {
      model.close();
      throw e;
    }
  }

  /// A model may be configured for a device that this machine does not have.
  private static DeviceOptions device(BackendProvider provider, EngineOptions options) {
    return provider.onDevices()
        ? LayerFlags.over(options.device(), options.arguments())
        : options.device();
  }

  /// What was asked for, and for the rest what was tuned.
  private static EngineOptions tuned(EngineOptions options, Tuning tuning) {
    return options
        .withThreads(tuning.threads(options.threads()))
        .withPromptChunk(tuning.promptChunk(options.promptChunk()))
        .withSettings(tuning.backend(options.settings()));
  }

  private static LoadedModel describe(
      Model model, Backend backend, EngineOptions options, List<String> notes) {
    int contextLength = contextLength(model, options, notes);
    EngineOptions resolved = options.withContextLength(contextLength);
    Graph graph = model.graph(contextLength);
    ProgramPlan plan = plan(graph, resolved);
    MemoryEstimate memory = plan.estimate(backend);
    EngineDescription description =
        new EngineDescription(
            model.name(),
            model.architecture(),
            capabilities(model, graph),
            contextLength,
            model.hyperParameters().contextLength(),
            model.parameterCount(),
            memory.weightBytes(),
            memory.kvBytes(),
            plan.placement(backend),
            ChatTemplates.choose(model, options.chatTemplate()).map(ChatTemplates.Choice::origin),
            notes);
    return new LoadedModel(model, backend, description, resolved);
  }

  /// Of what it is for.
  private static ProgramPlan plan(Graph graph, EngineOptions options) {
    return graph.hasLogits()
        ? ProgramPlan.ofGeneration(graph, options)
        : ProgramPlan.ofEmbedding(graph, options);
  }

  /// What it takes once what it is for is compiled.
  MemoryNeed memoryNeed() {
    MemoryEstimate estimate = plan(graph(), options).estimate(backend);
    return new MemoryNeed(estimate.weightBytes(), estimate.kvBytes(), estimate.workspaceBytes());
  }

  private static Capabilities capabilities(Model model, Graph graph) {
    Pooling pooling = Pooling.of(model.hyperParameters().keys());
    Set<Task> tasks = EnumSet.noneOf(Task.class);
    if (graph.hasLogits()) {
      tasks.add(Task.GENERATE);
    }
    if (pooling != Pooling.RANK) {
      tasks.add(Task.EMBED);
    } else if (RankHead.of(model).isPresent()) {
      tasks.add(Task.RERANK);
    }
    return new Capabilities(tasks, graph.embedding().width(), pooling);
  }

  private static List<String> notes(Model model, List<Backends.Candidate> candidates) {
    List<String> notes = new ArrayList<>();
    for (Backends.Candidate candidate : candidates) {
      if (candidate.availability() instanceof Availability.Unavailable) {
        notes.add(candidate.toString());
      }
    }
    notes.addAll(model.warnings());
    return notes;
  }

  /// What was asked for, as far as the model has positions; adds a note where that is not what was meant.
  private static int contextLength(Model model, EngineOptions options, List<String> notes) {
    int trained = model.hyperParameters().contextLength();
    int asked = options.contextLength();
    if (asked > MAX_CONTEXT) {
      throw new EngineException(
          "context length: expected at most %d, got %d".formatted(MAX_CONTEXT, asked));
    }
    if (asked == 0) {
      return Math.min(DEFAULT_CONTEXT, trained);
    }
    int positions = model.graph(asked).positionCount();
    if (asked > positions) {
      notes.add(
          "context length: %d is more than the %d positions that the model has; it is %d"
              .formatted(asked, positions, positions));
    } else if (asked > trained) {
      notes.add(
          "context length: %d is more than the %d tokens that the model was trained with; answers may get worse beyond"
              .formatted(asked, trained));
    }
    return Math.min(asked, positions);
  }

  private Graph graph() {
    return model.graph(options.contextLength());
  }

  ProgramPlan generationPlan() {
    return ProgramPlan.ofGeneration(graph(), options);
  }

  ProgramPlan embeddingPlan() {
    return ProgramPlan.ofEmbedding(graph().untilEmbedding(), options);
  }

  /// For a model with a rank head.
  ProgramPlan rankingPlan(RankHead head) {
    return ProgramPlan.ofRanking(head.graph(options.contextLength()), options);
  }

  Tokenizer tokenizer() {
    return model.tokenizer();
  }

  @Override
  public void close() {
    try (model;
        backend) {
      // The try statement closes them, the last first, each even if another fails.
    }
  }
}
