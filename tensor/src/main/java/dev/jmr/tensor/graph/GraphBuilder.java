package dev.jmr.tensor.graph;

import dev.jmr.tensor.ShapeMismatchException;
import dev.jmr.tensor.Tensor;
import dev.jmr.tensor.TensorType;
import dev.jmr.tensor.graph.Value.Rows;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Builds a [Graph] operation by operation and checks every shape on the way.
///
/// Results are named after their weight (`blk.3.attn_q`) or after the operation. Not for use by several threads.
/// Every method throws [ShapeMismatchException], with the names of the tensors, when shapes disagree.
public final class GraphBuilder {
  private final List<Op> ops = new ArrayList<>();
  private final List<Value> values = new ArrayList<>();

  /// The embeddings of the batch's tokens. Shapes: `weight[V, E]` → `[T, E]`.
  public Value embed(Tensor weight) {
    requireRank("embed", weight, 2);
    int width = columns(weight);
    return emit(stem(weight), Rows.TOKENS, width, out -> new Op.Embed(weight, out));
  }

  /// The learned vectors of the tokens' positions. Shapes: `weight[C, E]` → `[T, E]`.
  public Value embedPosition(Tensor weight) {
    requireRank("embed position", weight, 2);
    int width = columns(weight);
    return emit(stem(weight), Rows.TOKENS, width, out -> new Op.EmbedPosition(weight, out));
  }

  /// Activations that come with the batch, behind those of earlier calls. Shapes: → `[T, width]`.
  public Value given(String name, int width) {
    int from =
        ops.stream().filter(Op.Given.class::isInstance).mapToInt(op -> op.output().width()).sum();
    return emit(name, Rows.TOKENS, width, out -> new Op.Given(from, out));
  }

  /// `input · weightᵀ`. Shapes: `weight[O, I]`, `input[T, I]` → `[T, O]`.
  public Value linear(Value input, Tensor weight) {
    requireRank("linear", weight, 2);
    requireWidth("linear", weight, columns(weight), input);
    int width = Math.toIntExact(weight.shape().axis(0));
    return emit(stem(weight), input.rows(), width, out -> new Op.Linear(input, weight, out));
  }

  /// `input + bias`, row by row. Shapes: `bias[O]` of type F32, `input[T, O]` → `[T, O]`.
  public Value addBias(Value input, Tensor bias) {
    requireVector("add bias", bias);
    requireWidth("add bias", bias, columns(bias), input);
    return emit(
        input.name() + ".bias",
        input.rows(),
        input.width(),
        out -> new Op.AddBias(input, bias, out));
  }

  /// `left + right`. Shapes: both `[T, E]` → `[T, E]`.
  public Value add(Value left, Value right) {
    requireSame("add", left, right);
    return emit("add", left.rows(), left.width(), out -> new Op.Add(left, right, out));
  }

  /// `input · factor`. Shapes: `[T, E]` → `[T, E]`.
  public Value scale(Value input, float factor) {
    if (!Float.isFinite(factor)) {
      throw new ShapeMismatchException("scale: expected a finite factor, got " + factor);
    }
    return emitLike(input, ".scaled", out -> new Op.Scale(input, factor, out));
  }

  /// `cap · tanh(input / cap)`. Shapes: `[T, E]` → `[T, E]`.
  public Value softcap(Value input, float cap) {
    if (!(cap > 0 && cap <= Float.MAX_VALUE)) {
      throw new ShapeMismatchException("soft cap: expected a positive number, got " + cap);
    }
    return emitLike(input, ".capped", out -> new Op.Softcap(input, cap, out));
  }

  /// Root-mean-square norm of each group of `weight[G]` elements (type F32). Shapes: `[T, n·G]` → `[T, n·G]`.
  public Value rmsNorm(Value input, Tensor weight, float epsilon) {
    requireNorm("rms norm", input, weight, epsilon);
    return emit(
        stem(weight),
        input.rows(),
        input.width(),
        out -> new Op.RmsNorm(input, weight, epsilon, out));
  }

  /// Layer norm of each group of `weight[G]` elements (type F32, as the bias). Shapes: `[T, n·G]` → `[T, n·G]`.
  public Value layerNorm(Value input, Tensor weight, Optional<Tensor> bias, float epsilon) {
    requireNorm("layer norm", input, weight, epsilon);
    bias.ifPresent(vector -> requireVector("layer norm", vector, columns(weight)));
    return emit(
        stem(weight),
        input.rows(),
        input.width(),
        out -> new Op.LayerNorm(input, weight, bias, epsilon, out));
  }

  /// Rotates each head of `input[T, n·D]` by its token's position.
  public Value rope(Value input, RopeTable table) {
    if (input.width() % table.headSize() != 0) {
      throw new ShapeMismatchException(
          "rope %s: expected heads of %d elements, got %s"
              .formatted(input.name(), table.headSize(), input));
    }
    return emit(
        input.name() + ".rope", input.rows(), input.width(), out -> new Op.Rope(input, table, out));
  }

  /// Attention over the cache of `layer`; shapes at [Op.Attention].
  public Value attention(Value query, Value key, Value value, int layer, AttentionSpec spec) {
    return attention(query, key, value, layer, spec, Optional.empty());
  }

  /// Attention with `sinks[H]` (type F32), if there are any.
  public Value attention(
      Value query, Value key, Value value, int layer, AttentionSpec spec, Optional<Tensor> sinks) {
    requireAttentionWidth("query", query, spec.queryWidth(), layer);
    requireAttentionWidth("key", key, spec.keyWidth(), layer);
    requireAttentionWidth("value", value, spec.valueWidth(), layer);
    requireOneCache(key, value, layer);
    sinks.ifPresent(vector -> requireVector("attention", vector, spec.headCount()));
    return emit(
        "blk." + layer + ".attention",
        query.rows(),
        spec.resultWidth(),
        out -> new Op.Attention(query, key, value, layer, spec, sinks, out));
  }

  /// Layers that attend to the cache of an earlier one must not append anything else to it.
  private void requireOneCache(Value key, Value value, int layer) {
    for (Op op : ops) {
      if (op instanceof Op.Attention other
          && other.layer() == layer
          && !(other.key().equals(key) && other.value().equals(value))) {
        throw new ShapeMismatchException(
            "attention of layer %d: expected the keys %s and values %s of the operation before, got %s and %s"
                .formatted(layer, other.key(), other.value(), key, value));
      }
    }
  }

  /// `activation(input)`. Shapes: `[T, F]` → `[T, F]`.
  public Value activate(Value input, Activation activation) {
    return emitLike(input, ".activated", out -> new Op.Activate(input, activation, out));
  }

  /// `glu(gate, up)`. Shapes: both `[T, F]` → `[T, F]`.
  public Value gatedActivation(Value gate, Value up, Glu glu) {
    requireSame("gated activation", gate, up);
    return emit(
        gate.name() + ".gated",
        gate.rows(),
        gate.width(),
        out -> new Op.GatedActivation(gate, up, glu, out));
  }

  /// The sum of the chosen experts' feed-forward results; shapes at [Op.MixtureOfExperts].
  public Value mixtureOfExperts(Value input, ExpertWeights weights, ExpertSpec spec) {
    return mixtureOfExperts(input, input, weights, spec);
  }

  /// The sum of the feed-forward results of experts that are chosen by another value of the same tokens; shapes at
  /// [Op.MixtureOfExperts].
  public Value mixtureOfExperts(
      Value input, Value routerInput, ExpertWeights weights, ExpertSpec spec) {
    if (input.rows() != routerInput.rows()) {
      throw new ShapeMismatchException(
          "mixture of experts %s: expected inputs with the same rows, got %s and %s"
              .formatted(weights.router().name(), input, routerInput));
    }
    weights.require(spec.expertCount(), routerInput.width(), input.width());
    return emit(
        stem(weights.down().weight()),
        input.rows(),
        input.width(),
        out -> new Op.MixtureOfExperts(input, routerInput, weights, spec, out));
  }

  /// `left · right`, where an element of a narrower `right` multiplies a group. Shapes: `left[T, n·G]`, `right[T, n]` →
  /// `[T, n·G]`.
  public Value multiply(Value left, Value right) {
    requireGroups("multiply", left, right);
    return emit("multiply", left.rows(), left.width(), out -> new Op.Multiply(left, right, out));
  }

  /// `input` between `-limit` and `limit`. Shapes: `[T, E]` → `[T, E]`.
  public Value clamp(Value input, float limit) {
    if (!(limit > 0 && limit <= Float.MAX_VALUE)) {
      throw new ShapeMismatchException("clamp: expected a positive limit, got " + limit);
    }
    return emitLike(input, ".clamped", out -> new Op.Clamp(input, limit, out));
  }

  /// The elements from `from` to `to` (exclusive) of every head of `headSize`. Shapes: `[T, H·headSize]` →
  /// `[T, H·(to - from)]`.
  public Value slice(Value input, int headSize, int from, int to) {
    if (headSize <= 0 || input.width() % headSize != 0) {
      throw new ShapeMismatchException(
          "slice: expected heads of %d elements, got %s".formatted(headSize, input));
    }
    if (from < 0 || to <= from || to > headSize) {
      throw new ShapeMismatchException(
          "slice of %s: expected a part of 0..%d, got %d..%d".formatted(input, headSize, from, to));
    }
    return emit(
        "%s[%d:%d]".formatted(input.name(), from, to),
        input.rows(),
        input.width() / headSize * (to - from),
        out -> new Op.Slice(input, headSize, from, out));
  }

  /// Each of `headCount` heads of `left` followed by the one of `right`; shapes at [Op.Concat].
  ///
  /// @param rightCount heads of `right`: as many, or 1 that follows every one
  public Value concat(Value left, Value right, int headCount, int rightCount) {
    if (headCount <= 0
        || left.rows() != right.rows()
        || left.width() % headCount != 0
        || (rightCount != 1 && rightCount != headCount)
        || right.width() % rightCount != 0) {
      throw new ShapeMismatchException(
          "concat: expected %d heads and %d, or one for all of them, got %s and %s"
              .formatted(headCount, rightCount, left, right));
    }
    int width = left.width() + right.width() / rightCount * headCount;
    return emit("concat", left.rows(), width, out -> new Op.Concat(left, right, headCount, out));
  }

  /// Each head times its own matrix. Shapes: `weight[H, O, I]`, `input[T, H·I]` → `[T, H·O]`.
  public Value headLinear(Value input, Tensor weight) {
    requireRank("head linear", weight, 3);
    int heads = Math.toIntExact(weight.shape().axis(0));
    requireWidth("head linear", weight, heads * columns(weight), input);
    int width = heads * Math.toIntExact(weight.shape().axis(1));
    return emit(stem(weight), input.rows(), width, out -> new Op.HeadLinear(input, weight, out));
  }

  /// Each column of `input` mixed with its values at the positions before; shapes at [Op.ShortConvolution].
  public Value shortConvolution(Value input, Tensor weight, int layer) {
    requireRank("short convolution", weight, 2);
    requireWidth("short convolution", weight, Math.toIntExact(weight.shape().axis(0)), input);
    if (weight.type() != TensorType.F32 || input.rows() != Rows.TOKENS) {
      throw new ShapeMismatchException(
          "short convolution %s: expected type F32 and x[T, E], got %s and %s"
              .formatted(weight.name(), weight.type(), input));
    }
    return emit(
        stem(weight),
        input.rows(),
        input.width(),
        out -> new Op.ShortConvolution(input, weight, layer, out));
  }

  /// Each row times a factor that depends on its token's position. Shapes: `[T, E]` → `[T, E]`.
  public Value scaleByPosition(Value input, PositionTemperature temperature) {
    return emitLike(input, ".temperature", out -> new Op.ScaleByPosition(input, temperature, out));
  }

  /// `input · weight`, row by row. Shapes: `weight[E]` of type F32, `input[T, E]` → `[T, E]`.
  public Value scaleColumns(Value input, Tensor weight) {
    requireVector("scale columns", weight);
    requireWidth("scale columns", weight, columns(weight), input);
    return emitLike(input, ".scaled", out -> new Op.ScaleColumns(input, weight, out));
  }

  /// Each group of `input` stretched to the length of the row of `like`. Shapes: `input[T, H·E]`, `like[T, E]` →
  /// `[T, H·E]`.
  public Value matchLength(Value input, Value like) {
    requireGroups("match length", input, like);
    return emitLike(input, ".stretched", out -> new Op.MatchLength(input, like, out));
  }

  /// The heads of `input` mixed by the coefficients of the same token; shapes at [Op.MixHeads].
  public Value mixHeads(Value input, Value coefficients, int headCount) {
    if (headCount <= 0
        || input.rows() != coefficients.rows()
        || input.width() % headCount != 0
        || coefficients.width() % headCount != 0) {
      throw new ShapeMismatchException(
          "mix heads: expected x[T, %d · n] and as many coefficients for each result, got %s and %s"
              .formatted(headCount, input, coefficients));
    }
    int width = input.width() / headCount * (coefficients.width() / headCount);
    return emit(
        "mix", input.rows(), width, out -> new Op.MixHeads(input, coefficients, headCount, out));
  }

  /// By how much elements are above their row's mean and some standard deviations; 0 where they are not. Shapes:
  /// `[T, F]` → `[T, F]`.
  public Value gaussianTopK(Value input, float deviations) {
    if (!Float.isFinite(deviations) || input.width() < 2) {
      throw new ShapeMismatchException(
          "gaussian top k: expected a finite number of deviations and x[T, 2 or more], got %s and %s"
              .formatted(deviations, input));
    }
    return emitLike(input, ".top", out -> new Op.GaussianTopK(input, deviations, out));
  }

  /// `xielu(input)`. Shapes: `[T, F]` → `[T, F]`.
  public Value xielu(Value input, XieluParameters parameters) {
    return emitLike(input, ".activated", out -> new Op.Xielu(input, parameters, out));
  }

  /// The rows whose logits were asked for. Shapes: `[T, E]` → `[outputs, E]`.
  public Value selectOutputs(Value input) {
    if (input.rows() != Rows.TOKENS) {
      throw new ShapeMismatchException("select outputs: expected x[T, E], got " + input);
    }
    return emit("outputs", Rows.OUTPUTS, input.width(), out -> new Op.SelectOutputs(input, out));
  }

  /// The finished graph of a decoder. Shapes: `embedding[outputs, E]`, what is known of each token before it becomes
  /// `logits[outputs, V]`.
  public Graph build(Value embedding, Value logits) {
    requireOutputs(embedding);
    requireOutputs(logits);
    return EarlySelection.of(new Graph(ops, values, embedding, logits));
  }

  /// The finished graph of an encoder. Shapes: `embedding[outputs, E]`.
  public Graph build(Value embedding) {
    return build(embedding, embedding);
  }

  private static void requireOutputs(Value result) {
    if (result.rows() != Rows.OUTPUTS) {
      throw new ShapeMismatchException(
          "graph result: expected [outputs, n] after selectOutputs, got " + result);
    }
  }

  private Value emit(String name, Rows rows, int width, Function<Value, Op> op) {
    Value output = new Value(values.size(), name, rows, width);
    values.add(output);
    ops.add(op.apply(output));
    return output;
  }

  private Value emitLike(Value input, String suffix, Function<Value, Op> op) {
    return emit(input.name() + suffix, input.rows(), input.width(), op);
  }

  private static String stem(Tensor weight) {
    String suffix = ".weight";
    String name = weight.name();
    return name.endsWith(suffix) ? name.substring(0, name.length() - suffix.length()) : name;
  }

  private static int columns(Tensor weight) {
    return Math.toIntExact(weight.shape().columns());
  }

  private static void requireRank(String op, Tensor weight, int rank) {
    if (weight.shape().rank() != rank) {
      throw new ShapeMismatchException(
          "%s %s: expected %d axes, got %s".formatted(op, weight.name(), rank, weight.shape()));
    }
  }

  private static void requireVector(String op, Tensor weight, int length) {
    requireVector(op, weight);
    if (columns(weight) != length) {
      throw new ShapeMismatchException(
          "%s %s: expected [%d], got %s".formatted(op, weight.name(), length, weight.shape()));
    }
  }

  private static void requireVector(String op, Tensor weight) {
    requireRank(op, weight, 1);
    if (weight.type() != TensorType.F32) {
      throw new ShapeMismatchException(
          "%s %s: expected type F32, got %s".formatted(op, weight.name(), weight.type()));
    }
  }

  private static void requireNorm(String op, Value input, Tensor weight, float epsilon) {
    requireVector(op, weight);
    if (input.width() % columns(weight) != 0) {
      throw mismatch(op, weight, "x[T, n · " + columns(weight) + "]", input);
    }
    if (!(epsilon >= 0 && epsilon < 1)) {
      throw new ShapeMismatchException(
          "%s %s: expected an epsilon in [0, 1), got %s".formatted(op, weight.name(), epsilon));
    }
  }

  private static void requireWidth(String op, Tensor weight, int width, Value input) {
    if (input.width() != width) {
      throw mismatch(op, weight, "x[T, " + width + "]", input);
    }
  }

  private static void requireSame(String op, Value left, Value right) {
    if (left.width() != right.width() || left.rows() != right.rows()) {
      throw new ShapeMismatchException(
          "%s: expected two values of one shape, got %s and %s".formatted(op, left, right));
    }
  }

  private static void requireGroups(String op, Value left, Value right) {
    if (left.rows() != right.rows() || left.width() % right.width() != 0) {
      throw new ShapeMismatchException(
          "%s: expected left[T, n · %d], got %s and %s".formatted(op, right.width(), left, right));
    }
  }

  private static void requireAttentionWidth(String role, Value value, int width, int layer) {
    if (value.width() != width || value.rows() != Rows.TOKENS) {
      throw new ShapeMismatchException(
          "attention of layer %d: expected %s[T, %d], got %s".formatted(layer, role, width, value));
    }
  }

  private static ShapeMismatchException mismatch(
      String op, Tensor weight, String expected, Value input) {
    return new ShapeMismatchException(
        "%s %s: expected %s, got %s".formatted(op, weight.name(), expected, input));
  }
}
