package dev.jmr.server.llamaserver;

import dev.jmr.model.embedding.Pooling;
import dev.jmr.runtime.Capabilities;
import dev.jmr.runtime.Capabilities.Task;
import dev.jmr.runtime.EngineException;
import dev.jmr.runtime.EngineOptions;
import dev.jmr.runtime.MemoryNeed;
import dev.jmr.tensor.TensorType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// How a model is to be run by `llama-server`: what it is asked for, in numbers and as arguments. Source: llama.cpp
/// `tools/server/README.md`, Docker Model Runner's arguments.
///
/// @param task what the process is for: it either generates, embeds or ranks
/// @param pooling of embeddings
/// @param slots requests that it runs at the same time
/// @param contextLength tokens of each of them
/// @param further arguments of the model's user, then those of the machine's
record CommandLine(
    ModelHeader model,
    EngineOptions options,
    Task task,
    Pooling pooling,
    int slots,
    int contextLength,
    List<String> further) {
  private static final int DEFAULT_CONTEXT = 4096;
  private static final int MAX_CONTEXT = 1 << 26;
  private static final int BATCH = 512;
  private static final long BASE_BYTES = 64L << 20;
  private static final Set<String> EMBEDDINGS = Set.of("--embeddings", "--embedding");
  private static final Set<String> RERANKING = Set.of("--reranking", "--rerank");
  private static final Set<String> CONTEXT = Set.of("--ctx-size", "-c");
  private static final Set<String> PARALLEL = Set.of("--parallel", "-np");
  private static final Set<String> POOLING = Set.of("--pooling");

  /// @param ofMachine arguments for all models
  /// @throws EngineException if an option is beyond what can be
  static CommandLine of(ModelHeader model, EngineOptions options, List<String> ofMachine) {
    List<String> given = new ArrayList<>(options.arguments());
    given.addAll(ofMachine);
    // Those of a model are told by the options; here they would stand for all slots together.
    remove(given, CONTEXT);
    int slots = remove(given, PARALLEL).map(CommandLine::slots).orElse(options.maxSequences());
    Pooling pooling = remove(given, POOLING).map(CommandLine::pooling).orElse(model.pooling());
    boolean rank = given.removeIf(RERANKING::contains) || pooling == Pooling.RANK;
    boolean embed =
        given.removeIf(EMBEDDINGS::contains) || pooling != Pooling.NONE || !model.causal();
    Installation.refuse("arguments", given);
    int context = context(model, options);
    int cached = options.cacheTokens() == 0 ? slots : options.cacheTokens() / context;
    return new CommandLine(
        model,
        options,
        rank ? Task.RERANK : embed ? Task.EMBED : Task.GENERATE,
        rank ? Pooling.RANK : pooling,
        Math.clamp(cached, 1, slots),
        context,
        given);
  }

  private static int context(ModelHeader model, EngineOptions options) {
    int asked = options.contextLength();
    if (asked > MAX_CONTEXT) {
      throw new EngineException(
          "context length: expected at most %d, got %d".formatted(MAX_CONTEXT, asked));
    }
    return asked > 0 ? asked : Math.clamp(model.contextLength(), 1, DEFAULT_CONTEXT);
  }

  /// Takes a flag and its value, `--flag value` or `--flag=value`, out of the arguments: the last one counts.
  private static Optional<String> remove(List<String> arguments, Set<String> names) {
    Optional<String> value = Optional.empty();
    for (Iterator<String> rest = arguments.iterator(); rest.hasNext(); ) {
      String[] parts = rest.next().split("=", 2);
      if (names.contains(parts[0])) {
        rest.remove();
        if (parts.length == 2) {
          value = Optional.of(parts[1]);
        } else if (rest.hasNext()) {
          value = Optional.of(rest.next());
          rest.remove();
        }
      }
    }
    return value;
  }

  private static int slots(String text) {
    if (!text.matches("[1-9][0-9]{0,2}")) {
      throw new EngineException("--parallel: expected 1 to 999, got '%s'".formatted(text));
    }
    return Integer.parseInt(text);
  }

  private static Pooling pooling(String name) {
    try {
      return Pooling.valueOf(name.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new EngineException(
          "--pooling: expected none, mean, cls, last or rank, got '%s'".formatted(name), e);
    }
  }

  /// What can be asked of the process. One that embeds does nothing else.
  Capabilities capabilities() {
    return new Capabilities(EnumSet.of(task), model.embeddingLength(), pooling);
  }

  /// What it will take, roughly.
  MemoryNeed memoryNeed() {
    long batch = Math.max(BATCH, batch());
    return new MemoryNeed(
        model.weightBytes(),
        kvBytes(),
        BASE_BYTES + batch * Float.BYTES * (model.vocabularySize() + 8L * model.embeddingLength()));
  }

  /// What keys and values of all slots take.
  long kvBytes() {
    if (!model.causal()) {
      return 0;
    }
    double bytes =
        switch (options.kvType()) {
          case F32 -> Float.BYTES;
          case Q8_0 -> 34 / 32.0;
          default -> Short.BYTES;
        };
    return (long) (bytes * model.cacheNumbersPerToken() * slots * contextLength);
  }

  /// Tokens that are computed at once: texts that are embedded are so as a whole.
  private int batch() {
    return task == Task.GENERATE ? options.promptChunk() : contextLength;
  }

  /// The arguments, without the program.
  ///
  /// @param template a file with a chat template that stands in for the model's own
  List<String> arguments(int port, Optional<Path> template) {
    List<String> all = new ArrayList<>(List.of("-ngl", "999", "--metrics", "--no-webui"));
    if (System.getProperty("os.name").startsWith("Mac")) {
      all.add("--no-mmap");
    }
    if (options.threads() > 0) {
      add(all, "--threads", options.threads());
    } else if (System.getProperty("os.arch").equals("aarch64")) {
      add(all, "--threads", Math.max(2, Runtime.getRuntime().availableProcessors() / 2));
    }
    all.addAll(List.of("--model", model.file().toAbsolutePath().toString()));
    all.addAll(List.of("--host", "127.0.0.1"));
    add(all, "--port", port);
    template.ifPresent(file -> all.addAll(List.of("--chat-template-file", file.toString())));
    addTask(all);
    add(all, "--ctx-size", Math.multiplyExact((long) contextLength, slots));
    add(all, "--parallel", slots);
    if (batch() > 0) {
      add(all, "--batch-size", batch());
      add(all, "--ubatch-size", batch());
    }
    if (options.kvType() != TensorType.F16) {
      String type = options.kvType().name().toLowerCase(Locale.ROOT);
      all.addAll(List.of("--cache-type-k", type, "--cache-type-v", type));
    }
    all.addAll(further);
    return all;
  }

  private void addTask(List<String> all) {
    switch (task) {
      case GENERATE -> all.add("--jinja");
      case EMBED -> {
        all.add("--embeddings");
        if (pooling != model.pooling()) {
          all.addAll(List.of("--pooling", pooling.toString()));
        }
      }
      case RERANK -> all.addAll(List.of("--embeddings", "--reranking"));
    }
  }

  private static void add(List<String> all, String name, long value) {
    all.add(name);
    all.add(Long.toString(value));
  }
}
