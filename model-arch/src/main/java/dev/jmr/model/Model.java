package dev.jmr.model;

import dev.jmr.gguf.Gguf;
import dev.jmr.gguf.StringArray;
import dev.jmr.model.arch.Architecture;
import dev.jmr.model.arch.ArchitectureKeys;
import dev.jmr.model.arch.Architectures;
import dev.jmr.model.arch.HyperParameters;
import dev.jmr.model.arch.ModelException;
import dev.jmr.model.arch.Weights;
import dev.jmr.model.tokenizer.Tokenizer;
import dev.jmr.model.tokenizer.Tokenizers;
import dev.jmr.tensor.Tensor;
import dev.jmr.tensor.TensorException;
import dev.jmr.tensor.TensorType;
import dev.jmr.tensor.graph.Graph;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An open model file, understood: its hyperparameters, its tokenizer, its chat template, and the graph that runs it.
///
/// Owns the [Gguf] and closes it: graphs read the mapped file, so executables of them must be closed before. Opening
/// reads the header only; the tokenizer is made when it is first asked for, a graph each time. Usable by any thread.
public final class Model implements AutoCloseable {
  private final Gguf gguf;
  private final Architecture architecture;
  private final HyperParameters hyperParameters;
  private final List<String> warnings;
  private volatile @Nullable Tokenizer tokenizer;

  private Model(Gguf gguf) {
    this.gguf = gguf;
    this.architecture = Architectures.named(ArchitectureKeys.of(gguf.metadata()).architecture());
    this.hyperParameters =
        HyperParameters.of(
            gguf.metadata(), tokenEmbedding(gguf).shape(), architecture.blocksMayDiffer());
    this.warnings = List.copyOf(checkVocabulary(gguf, hyperParameters.vocabularySize()));
  }

  /// Opens a model, given its file or any one of its shards.
  ///
  /// @throws dev.jmr.gguf.GgufException if the file is not a GGUF file or not a whole one
  /// @throws dev.jmr.model.arch.UnsupportedModelException if we do not have its architecture or its variant
  /// @throws ModelException naming the key or tensor that makes no sense
  public static Model open(Path path) {
    return of(Gguf.open(path));
  }

  /// The model in an open file; takes ownership of it, and closes it at once if this fails.
  ///
  /// @throws ModelException as [#open] does
  public static Model of(Gguf gguf) {
    boolean opened = false;
    try {
      var model = new Model(gguf);
      opened = true;
      return model;
    } finally {
      if (!opened) {
        gguf.close();
      }
    }
  }

  private static Tensor tokenEmbedding(Gguf gguf) {
    return gguf.tensor("token_embd.weight")
        .orElseThrow(() ->
            new ModelException(
                "tensor token_embd.weight: expected the token embedding, got nothing"));
  }

  /// The embedding may have more rows than there are tokens (padding to a round number), not fewer.
  private static List<String> checkVocabulary(Gguf gguf, int rows) {
    List<String> warnings = new ArrayList<>();
    int tokens =
        gguf.metadata().strings("tokenizer.ggml.tokens").map(StringArray::size).orElse(rows);
    if (tokens > rows) {
      throw new ModelException(
          "tensor token_embd.weight: expected a row for each of %d tokens, got %d"
              .formatted(tokens, rows));
    }
    if (tokens < rows) {
      warnings.add(
          "tokenizer.ggml.tokens: expected %d tokens for the rows of the embedding, got %d; the other rows are padding"
              .formatted(rows, tokens));
    }
    return warnings;
  }

  /// The file.
  public Gguf gguf() {
    return gguf;
  }

  /// The name of the architecture, as in the file.
  public String architecture() {
    return architecture.name();
  }

  public HyperParameters hyperParameters() {
    return hyperParameters;
  }

  /// The tokenizer. Its vocabulary may be smaller than [HyperParameters#vocabularySize]: ids from there on are padding
  /// that must not be sampled.
  ///
  /// @throws dev.jmr.model.tokenizer.TokenizerException if the vocabulary is of a kind that we do not have, or broken
  public Tokenizer tokenizer() {
    Tokenizer made = tokenizer;
    if (made == null) {
      made = Tokenizers.of(gguf.metadata());
      tokenizer = made;
    }
    return made;
  }

  /// The operations of one forward pass over sequences of up to `contextLength` positions.
  ///
  /// @throws ModelException naming a tensor that is missing or does not fit
  /// @throws dev.jmr.model.arch.UnsupportedModelException naming a tensor whose type cannot be computed with
  public Graph graph(int contextLength) {
    if (contextLength < 1) {
      throw new ModelException(
          "context length: expected a positive number of tokens, got " + contextLength);
    }
    try {
      return architecture.graph(hyperParameters, new Weights(gguf, hyperParameters), contextLength);
    } catch (TensorException e) {
      throw new ModelException(architecture.name() + ": " + e.getMessage(), e);
    }
  }

  /// The tensor type that most bytes of the weights have.
  public TensorType commonestType() {
    Map<TensorType, Long> bytes = new EnumMap<>(TensorType.class);
    for (Tensor tensor : gguf.tensors()) {
      bytes.merge(tensor.type(), tensor.byteSize(), Long::sum);
    }
    return bytes.entrySet().stream()
        .max(Comparator.comparingLong(Map.Entry::getValue))
        .orElseThrow()
        .getKey();
  }

  /// The Jinja template that turns messages into a prompt, if the file has one.
  public Optional<String> chatTemplate() {
    return gguf.metadata().string("tokenizer.chat_template");
  }

  /// What the model calls itself; the name of the file if it does not.
  public String name() {
    return gguf.metadata()
        .string("general.name")
        .filter(name -> !name.isBlank())
        .orElseGet(() -> String.valueOf(gguf.path().getFileName()));
  }

  /// The elements of all tensors.
  public long parameterCount() {
    return gguf.tensors().stream().mapToLong(tensor -> tensor.shape().elementCount()).sum();
  }

  /// What is odd about the file but does not keep it from running, one line each.
  public List<String> warnings() {
    return warnings;
  }

  /// Closes the file; graphs of this model must not be run any more. Does nothing the second time.
  @Override
  public void close() {
    gguf.close();
  }

  @Override
  public String toString() {
    return "%s (%s, %d parameters)".formatted(name(), architecture.name(), parameterCount());
  }
}
