package dev.jmr.model.embedding;

import dev.jmr.gguf.StringArray;
import dev.jmr.model.Model;
import dev.jmr.model.arch.ModelException;
import dev.jmr.model.arch.UnsupportedModelException;
import dev.jmr.model.arch.Weights;
import dev.jmr.tensor.Tensor;
import dev.jmr.tensor.TensorType;
import dev.jmr.tensor.graph.Activation;
import dev.jmr.tensor.graph.Graph;
import dev.jmr.tensor.graph.Op;
import dev.jmr.tensor.graph.Value;
import dev.jmr.tensor.graph.Value.Rows;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a reranker has behind its last norm: `cls.weight` with tanh, then `cls.output.weight`, either of which may be
/// missing, applied to the state of one token. Source: llama.cpp `llm_graph_context::build_pooling`.
///
/// Immutable. Valid while the model is open.
public final class RankHead {
  private static final String DENSE = "cls.weight";
  private static final String OUTPUT = "cls.output.weight";

  /// Decoders whose last token counts, and whose score is the probability of the first label.
  private static final Set<String> LAST_TOKEN = Set.of("qwen3", "qwen3vl");

  private final Model model;
  private final boolean lastToken;

  private RankHead(Model model) {
    this.model = model;
    this.lastToken = LAST_TOKEN.contains(model.architecture());
  }

  /// The model's head; empty if its file has none.
  ///
  /// @throws UnsupportedModelException if it is of a kind that we do not have
  public static Optional<RankHead> of(Model model) {
    if (model.gguf().tensor("cls.norm.weight").isPresent()) {
      throw new UnsupportedModelException(
          "tensor cls.norm.weight: rank heads with a norm are not supported");
    }
    boolean present =
        model.gguf().tensor(DENSE).isPresent() || model.gguf().tensor(OUTPUT).isPresent();
    return present ? Optional.of(new RankHead(model)) : Optional.empty();
  }

  /// Which token's state the head reads: [Pooling#CLS] or [Pooling#LAST].
  public Pooling token() {
    return lastToken ? Pooling.LAST : Pooling.CLS;
  }

  /// The model's graph with the head at its end. Result: `[outputs, labels]`.
  ///
  /// @throws ModelException as [Model#graph] does, or naming the head's tensor that does not fit
  public Graph graph(int contextLength) {
    Graph body = model.graph(contextLength).untilEmbedding();
    Weights weights = new Weights(model.gguf(), model.hyperParameters());
    List<Op> ops = new ArrayList<>(body.ops());
    List<Value> values = new ArrayList<>(body.values());
    int width = body.embedding().width();
    Value x = body.embedding();
    Optional<Tensor> dense = weights.find(DENSE, width, width);
    if (dense.isPresent()) {
      x = linear(ops, x, dense.get(), bias(weights, "cls.bias", width));
      Value tanh = next(ops, "cls.tanh", width);
      ops.add(new Op.Activate(x, Activation.TANH, tanh));
      x = tanh;
    }
    Optional<Tensor> output = weights.find(OUTPUT, labels(), width);
    if (output.isPresent()) {
      x = linear(ops, x, output.get(), bias(weights, "cls.output.bias", labels()));
    }
    ops.subList(body.ops().size(), ops.size()).forEach(op -> values.add(op.output()));
    return new Graph(ops, values, body.embedding(), x);
  }

  /// The score in a row of the result, which begins at `offset`: the larger, the better.
  ///
  /// @param labels floats of the row
  public float score(float[] row, int offset, int labels) {
    if (!lastToken) {
      return row[offset];
    }
    double sum = 0;
    for (int i = 0; i < labels; i++) {
      sum += Math.exp((double) row[offset + i] - row[offset]);
    }
    return (float) (1 / sum);
  }

  /// Rows of the last matrix: one per label, one if the file names none.
  private int labels() {
    return model
        .gguf()
        .metadata()
        .strings(model.architecture() + ".classifier.output_labels")
        .map(StringArray::size)
        .filter(size -> size > 0)
        .orElse(1);
  }

  private static Optional<Tensor> bias(Weights weights, String name, int width) {
    Optional<Tensor> bias = weights.find(name, width);
    bias.filter(tensor -> tensor.type() != TensorType.F32)
        .ifPresent(tensor -> {
          throw new ModelException(
              "tensor %s: expected type F32, got %s".formatted(name, tensor.type()));
        });
    return bias;
  }

  private static Value linear(List<Op> ops, Value x, Tensor weight, Optional<Tensor> bias) {
    String name = weight.name();
    int width = Math.toIntExact(weight.shape().axis(0));
    Value product = next(ops, name.substring(0, name.length() - ".weight".length()), width);
    ops.add(new Op.Linear(x, weight, product));
    if (bias.isEmpty()) {
      return product;
    }
    Value sum = next(ops, product.name() + ".bias", width);
    ops.add(new Op.AddBias(product, bias.get(), sum));
    return sum;
  }

  /// The value that the next operation writes: each writes one, so that their numbers are the same.
  private static Value next(List<Op> ops, String name, int width) {
    return new Value(ops.size(), name, Rows.OUTPUTS, width);
  }
}
