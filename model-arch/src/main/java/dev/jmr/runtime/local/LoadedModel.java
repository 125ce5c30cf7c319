package dev.jmr.runtime.local;

import dev.jmr.model.Model;
import dev.jmr.model.chat.ChatTemplates;
import dev.jmr.model.tokenizer.Tokenizer;
import dev.jmr.runtime.EngineDescription;
import dev.jmr.runtime.EngineException;
import dev.jmr.runtime.EngineOptions;
import dev.jmr.runtime.tuning.Tuning;
import dev.jmr.runtime.tuning.TuningChoice;
import dev.jmr.tensor.TensorException;
import dev.jmr.tensor.backend.Availability;
import dev.jmr.tensor.backend.Backend;
import dev.jmr.tensor.backend.BackendOptions;
import dev.jmr.tensor.backend.BackendProvider;
import dev.jmr.tensor.backend.Backends;
import dev.jmr.tensor.backend.BatchLimits;
import dev.jmr.tensor.backend.Executable;
import dev.jmr.tensor.backend.KvLayout;
import dev.jmr.tensor.backend.MemoryEstimate;
import dev.jmr.tensor.graph.Graph;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A model, the backend that runs it, and what was compiled of it: owns all three and closes them in this order, last
/// first.
///
/// @param limits what a step of the executable may hold
/// @param pageCount pages of the key-value cache
record LoadedModel(
    Model model,
    Backend backend,
    Executable executable,
    EngineDescription description,
    SchedulerLimits limits,
    int pageCount)
    implements AutoCloseable {
  private static final int DEFAULT_CONTEXT = 4096;
  private static final int MAX_CONTEXT = 1 << 26;
  private static final int MAX_SEQUENCES = 1 << 10;
  private static final int MIB = 1 << 20;

  /// Opens the file, chooses a backend and compiles the graph; closes everything again if one of these fails.
  static LoadedModel load(Path file, EngineOptions options) {
    Model model = Model.open(file);
    try {
      List<Backends.Candidate> candidates = Backends.candidates();
      List<String> notes = notes(model, candidates, options);
      BackendProvider provider = Backends.choose(candidates, options.backend());
      TuningChoice choice = TuningChoice.of(options.tuning(), model, provider);
      choice.note().ifPresent(notes::add);
      EngineOptions tuned = tuned(options, choice.tuning());
      Backend backend = provider.open(new BackendOptions(tuned.threads(), false, tuned.settings()));
      try {
        return compile(model, backend, tuned, notes);
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

  /// What was asked for, and for the rest what was tuned.
  private static EngineOptions tuned(EngineOptions options, Tuning tuning) {
    return options
        .withThreads(tuning.threads(options.threads()))
        .withPromptChunk(tuning.promptChunk(options.promptChunk()))
        .withSettings(tuning.backend(options.settings()));
  }

  private static LoadedModel compile(
      Model model, Backend backend, EngineOptions options, List<String> notes) {
    int contextLength = contextLength(model, options);
    Graph graph = model.graph(contextLength);
    KvLayout kv = new KvLayout(options.kvType(), pageCount(contextLength, options));
    int promptChunk = Math.min(options.promptChunk(), contextLength);
    BatchLimits batches =
        new BatchLimits(promptChunk + options.maxSequences(), options.maxSequences());
    MemoryEstimate memory = backend.estimate(graph, kv, batches);
    EngineDescription description =
        new EngineDescription(
            model.name(),
            model.architecture(),
            contextLength,
            model.hyperParameters().contextLength(),
            model.parameterCount(),
            memory.weightBytes(),
            memory.kvBytes(),
            backend.name() + ": " + backend.detail(),
            ChatTemplates.choose(model, options.chatTemplate()).map(ChatTemplates.Choice::origin),
            notes);
    model.tokenizer();
    Executable executable = compile(backend, graph, kv, batches, memory);
    SchedulerLimits steps =
        new SchedulerLimits(
            options.maxSequences(), promptChunk, contextLength, graph.result().width());
    return new LoadedModel(model, backend, executable, description, steps, kv.pageCount());
  }

  private static Executable compile(
      Backend backend, Graph graph, KvLayout kv, BatchLimits limits, MemoryEstimate memory) {
    try {
      return backend.compile(graph, kv, limits);
    } catch (OutOfMemoryError e) {
      throw new EngineException(
          "memory: expected %d MiB for the key-value cache and %d MiB to work in, got less; use a smaller --ctx"
              .formatted(memory.kvBytes() / MIB, memory.workspaceBytes() / MIB),
          e);
    }
  }

  private static List<String> notes(
      Model model, List<Backends.Candidate> candidates, EngineOptions options) {
    List<String> notes = new ArrayList<>();
    for (Backends.Candidate candidate : candidates) {
      if (candidate.availability() instanceof Availability.Unavailable) {
        notes.add(candidate.toString());
      }
    }
    int trained = model.hyperParameters().contextLength();
    if (options.contextLength() > trained) {
      notes.add(
          "context length: %d is more than the %d tokens that the model was trained with; answers may get worse beyond"
              .formatted(options.contextLength(), trained));
    }
    notes.addAll(model.warnings());
    return notes;
  }

  private static int contextLength(Model model, EngineOptions options) {
    int trained = model.hyperParameters().contextLength();
    if (options.contextLength() > MAX_CONTEXT) {
      throw new EngineException(
          "context length: expected at most %d, got %d"
              .formatted(MAX_CONTEXT, options.contextLength()));
    }
    return options.contextLength() == 0
        ? Math.min(DEFAULT_CONTEXT, trained)
        : options.contextLength();
  }

  /// As many pages as all sequences together can ever need.
  private static int pageCount(int contextLength, EngineOptions options) {
    if (options.maxSequences() > MAX_SEQUENCES) {
      throw new EngineException(
          "sequences: expected at most %d, got %d"
              .formatted(MAX_SEQUENCES, options.maxSequences()));
    }
    long pages = (long) KvLayout.pagesFor(contextLength) * options.maxSequences();
    if (pages > Integer.MAX_VALUE) {
      throw new EngineException(
          "key-value cache: expected at most %d pages, got %d sequences of %d tokens; use a smaller --ctx"
              .formatted(Integer.MAX_VALUE, options.maxSequences(), contextLength));
    }
    return (int) pages;
  }

  Tokenizer tokenizer() {
    return model.tokenizer();
  }

  @Override
  public void close() {
    try (model;
        backend;
        executable) {
      // The try statement closes them, the last first, each even if another fails.
    }
  }
}
