package dev.jmr.tensor.graph;

import dev.jmr.tensor.Tensor;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// One operation of a forward pass. Results are float32; a result never aliases an input.
///
/// A backend answers every operation in one exhaustive `switch`: a new one does not compile until each backend has it.
/// [GraphBuilder] is the only place that creates operations, and checks their shapes.
public sealed interface Op {
  /// The values that are read.
  List<Value> inputs();

  /// The value that is written.
  Value output();

  /// The same operation on other values.
  Op on(UnaryOperator<Value> values);

  /// The weights that are read.
  default List<Tensor> weights() {
    return List.of();
  }

  /// An operation that reads one value.
  sealed interface OfOne extends Op {
    /// The value that is read.
    Value input();

    @Override
    default List<Value> inputs() {
      return List.of(input());
    }
  }

  /// Takes rows of the token embedding: `output[t] = weight[token(t)]`.
  ///
  /// Shapes: `weight[V, E]`, `output[T, E]`.
  record Embed(Tensor weight, Value output) implements Op {
    @Override
    public Op on(UnaryOperator<Value> values) {
      return new Embed(weight, values.apply(output));
    }

    @Override
    public List<Value> inputs() {
      return List.of();
    }

    @Override
    public List<Tensor> weights() {
      return List.of(weight);
    }
  }

  /// Takes a learned vector for each position: `output[t] = weight[position(t)]`.
  ///
  /// Shapes: `weight[C, E]`, `output[T, E]`.
  record EmbedPosition(Tensor weight, Value output) implements Op {
    @Override
    public Op on(UnaryOperator<Value> values) {
      return new EmbedPosition(weight, values.apply(output));
    }

    @Override
    public List<Value> inputs() {
      return List.of();
    }

    @Override
    public List<Tensor> weights() {
      return List.of(weight);
    }
  }

  /// Takes what was computed elsewhere and comes with the batch: `output[t] = given[t][from .. from + E]`.
  ///
  /// Shapes: `given[T, G]` where `G` is [Graph#givenWidth], `output[T, E]`. See [GraphSplit].
  record Given(int from, Value output) implements Op {
    @Override
    public Op on(UnaryOperator<Value> values) {
      return new Given(from, values.apply(output));
    }

    @Override
    public List<Value> inputs() {
      return List.of();
    }
  }

  /// Multiplies activations by a weight: `output = input · weightᵀ`.
  ///
  /// Shapes: `weight[O, I]`, `input[T, I]`, `output[T, O]`. Accumulates in float32; backends differ by up to 1e-3
  /// relative. Source: ggml `ggml_compute_forward_mul_mat`.
  record Linear(Value input, Tensor weight, Value output) implements OfOne {
    @Override
    public Op on(UnaryOperator<Value> values) {
      return new Linear(values.apply(input), weight, values.apply(output));
    }

    @Override
    public List<Tensor> weights() {
      return List.of(weight);
    }
  }

  /// Adds a float32 vector to each row: `output[t] = input[t] + bias`.
  record AddBias(Value input, Tensor bias, Value output) implements OfOne {
    @Override
    public Op on(UnaryOperator<Value> values) {
      return new AddBias(values.apply(input), bias, values.apply(output));
    }

    @Override
    public List<Tensor> weights() {
      return List.of(bias);
    }
  }

  /// `output = left + right`, element by element.
  record Add(Value left, Value right, Value output) implements Op {
    @Override
    public Op on(UnaryOperator<Value> values) {
      return new Add(values.apply(left), values.apply(right), values.apply(output));
    }

    @Override
    public List<Value> inputs() {
      return List.of(left, right);
    }
  }

  /// `output = input · factor`, element by element.
  record Scale(Value input, float factor, Value output) implements OfOne {
    @Override
    public Op on(UnaryOperator<Value> values) {
      return new Scale(values.apply(input), factor, values.apply(output));
    }
  }

  /// `output = cap · tanh(input / cap)`, element by element: keeps numbers between `-cap` and `cap`.
  record Softcap(Value input, float cap, Value output) implements OfOne {
    @Override
    public Op on(UnaryOperator<Value> values) {
      return new Softcap(values.apply(input), cap, values.apply(output));
    }
  }

  /// Scales groups of a row to unit root mean square, then multiplies by a float32 weight.
  ///
  /// `y = x / sqrt(mean(x²) + epsilon) · weight` over each group of `weight.columns` elements: the whole row, or each
  /// head of it. Source: ggml `ggml_compute_forward_rms_norm`.
  record RmsNorm(Value input, Tensor weight, float epsilon, Value output) implements OfOne {
    @Override
    public Op on(UnaryOperator<Value> values) {
      return new RmsNorm(values.apply(input), weight, epsilon, values.apply(output));
    }

    @Override
    public List<Tensor> weights() {
      return List.of(weight);
    }
  }

  /// Shifts and scales groups of a row to mean 0 and variance 1, then multiplies by a float32 weight and adds a bias.
  ///
  /// `y = (x - mean(x)) / sqrt(variance(x) + epsilon) · weight + bias` over each group of `weight.columns` elements.
  /// Source: ggml `ggml_compute_forward_norm`.
  record LayerNorm(Value input, Tensor weight, Optional<Tensor> bias, float epsilon, Value output)
      implements OfOne {
    @Override
    public Op on(UnaryOperator<Value> values) {
      return new LayerNorm(values.apply(input), weight, bias, epsilon, values.apply(output));
    }

    @Override
    public List<Tensor> weights() {
      return Stream.concat(Stream.of(weight), bias.stream()).toList();
    }
  }

  /// Rotates pairs of elements of each head by their token's position. Source: ggml `ggml_compute_forward_rope`.
  record Rope(Value input, RopeTable table, Value output) implements OfOne {
    @Override
    public Op on(UnaryOperator<Value> values) {
      return new Rope(values.apply(input), table, values.apply(output));
    }
  }

  /// Appends this batch's keys and values to the cache of `layer`, then lets each query attend to its sequence's cache.
  ///
  /// Shapes: `query[T, H·D]`, `key[T, K·D]`, `value[T, K·Dv]`, `output[T, H·Dv]`, where `Dv` is the value length. What a
  /// token sees is the spec's mask; tokens of the same batch are there to be seen. A head's sink takes part in its softmax
  /// as one more score, with a value of nothing. Source: ggml `ggml_soft_max_ext`, `ggml_soft_max_add_sinks`.
  ///
  /// Several operations may attend to one cache: they name the same layer, keys and values.
  ///
  /// @param sinks `[H]`, if the layer has them
  record Attention(
      Value query,
      Value key,
      Value value,
      int layer,
      AttentionSpec spec,
      Optional<Tensor> sinks,
      Value output)
      implements Op {
    @Override
    public Op on(UnaryOperator<Value> values) {
      return new Attention(
          values.apply(query),
          values.apply(key),
          values.apply(value),
          layer,
          spec,
          sinks,
          values.apply(output));
    }

    @Override
    public List<Value> inputs() {
      return List.of(query, key, value);
    }

    @Override
    public List<Tensor> weights() {
      return sinks.stream().toList();
    }
  }

  /// `output = activation(input)`, element by element.
  record Activate(Value input, Activation activation, Value output) implements OfOne {
    @Override
    public Op on(UnaryOperator<Value> values) {
      return new Activate(values.apply(input), activation, values.apply(output));
    }
  }

  /// `output = glu(gate, up)`, element by element.
  record GatedActivation(Value gate, Value up, Glu glu, Value output) implements Op {
    @Override
    public Op on(UnaryOperator<Value> values) {
      return new GatedActivation(values.apply(gate), values.apply(up), glu, values.apply(output));
    }

    @Override
    public List<Value> inputs() {
      return List.of(gate, up);
    }
  }

  /// A gated feed-forward layer whose weights each token chooses: `Σ p(e) · down(e)(glu(gate(e)(x), up(e)(x)))`, or with
  /// `p(e) · x` in place of `x` where [ExpertSpec.Weighted] says so.
  ///
  /// Shapes: `input[T, E]`, `routerInput[T, R]`, weights as in [ExpertWeights] with a router `[X, R]`, `output[T, E]`.
  ///
  /// @param routerInput what experts are chosen by; mostly the input itself
  record MixtureOfExperts(
      Value input, Value routerInput, ExpertWeights expertWeights, ExpertSpec spec, Value output)
      implements Op {
    @Override
    public Op on(UnaryOperator<Value> values) {
      return new MixtureOfExperts(
          values.apply(input),
          values.apply(routerInput),
          expertWeights,
          spec,
          values.apply(output));
    }

    @Override
    public List<Value> inputs() {
      return input.equals(routerInput) ? List.of(input) : List.of(input, routerInput);
    }

    @Override
    public List<Tensor> weights() {
      return expertWeights.tensors();
    }
  }

  /// `output = left · right`, element by element. Where `right` is narrower, each of its elements multiplies a group of
  /// neighbours.
  ///
  /// Shapes: `left[T, n·G]`, `right[T, n]`, `output[T, n·G]`.
  record Multiply(Value left, Value right, Value output) implements Op {
    @Override
    public Op on(UnaryOperator<Value> values) {
      return new Multiply(values.apply(left), values.apply(right), values.apply(output));
    }

    @Override
    public List<Value> inputs() {
      return List.of(left, right);
    }
  }

  /// `output = min(max(input, -limit), limit)`, element by element.
  record Clamp(Value input, float limit, Value output) implements OfOne {
    @Override
    public Op on(UnaryOperator<Value> values) {
      return new Clamp(values.apply(input), limit, values.apply(output));
    }
  }

  /// Takes the same part of each head: the elements from `from` on of every `headSize`.
  ///
  /// Shapes: `input[T, H·headSize]`, `output[T, H·n]`, where `from + n` is at most `headSize`.
  record Slice(Value input, int headSize, int from, Value output) implements OfOne {
    @Override
    public Op on(UnaryOperator<Value> values) {
      return new Slice(values.apply(input), headSize, from, values.apply(output));
    }
  }

  /// Joins heads: each one of `left` is followed by the one of `right`, or by the only one that `right` has.
  ///
  /// Shapes: `left[T, H·A]`, `right[T, H·B]` or `right[T, B]`, `output[T, H·(A + B)]`.
  ///
  /// @param headCount `H`
  record Concat(Value left, Value right, int headCount, Value output) implements Op {
    @Override
    public Op on(UnaryOperator<Value> values) {
      return new Concat(values.apply(left), values.apply(right), headCount, values.apply(output));
    }

    @Override
    public List<Value> inputs() {
      return List.of(left, right);
    }
  }

  /// Multiplies each head by a weight of its own: `output[t, h] = input[t, h] · weight[h]ᵀ`.
  ///
  /// Shapes: `weight[H, O, I]`, `input[T, H·I]`, `output[T, H·O]`. Accumulates like [Linear].
  record HeadLinear(Value input, Tensor weight, Value output) implements OfOne {
    @Override
    public Op on(UnaryOperator<Value> values) {
      return new HeadLinear(values.apply(input), weight, values.apply(output));
    }

    @Override
    public List<Tensor> weights() {
      return List.of(weight);
    }
  }

  /// Appends this batch's inputs to the cache of `layer`, then mixes each with the `N - 1` before it in its sequence,
  /// column by column: `output[t, e] = Σ weight[e, j] · input[position(t) - (N - 1) + j, e]`; before the first there is 0.
  ///
  /// Shapes: `weight[E, N]` of type F32, `input[T, E]`, `output[T, E]`. The cache has a row of `E` for every position and
  /// the type of the keys and values. Source: ggml `ggml_compute_forward_ssm_conv`.
  record ShortConvolution(Value input, Tensor weight, int layer, Value output) implements OfOne {
    @Override
    public Op on(UnaryOperator<Value> values) {
      return new ShortConvolution(values.apply(input), weight, layer, values.apply(output));
    }

    @Override
    public List<Tensor> weights() {
      return List.of(weight);
    }
  }

  /// Scales each row by its token's position: `output[t] = input[t] · temperature(position(t))`.
  record ScaleByPosition(Value input, PositionTemperature temperature, Value output)
      implements OfOne {
    @Override
    public Op on(UnaryOperator<Value> values) {
      return new ScaleByPosition(values.apply(input), temperature, values.apply(output));
    }
  }

  /// Multiplies each row by a float32 vector: `output[t] = input[t] · weight`, element by element.
  record ScaleColumns(Value input, Tensor weight, Value output) implements OfOne {
    @Override
    public Op on(UnaryOperator<Value> values) {
      return new ScaleColumns(values.apply(input), weight, values.apply(output));
    }

    @Override
    public List<Tensor> weights() {
      return List.of(weight);
    }
  }

  /// Stretches each head to the Euclidean length of another value's row: `output[h] = input[h] · |like| / |input[h]|`; a
  /// head of zeros stays one.
  ///
  /// Shapes: `input[T, H·E]`, `like[T, E]`, `output[T, H·E]`. Source: llama.cpp `llama_model_gemma3n`.
  record MatchLength(Value input, Value like, Value output) implements Op {
    @Override
    public Op on(UnaryOperator<Value> values) {
      return new MatchLength(values.apply(input), values.apply(like), values.apply(output));
    }

    @Override
    public List<Value> inputs() {
      return List.of(input, like);
    }
  }

  /// Mixes the heads of each row by coefficients of its own: `output[o] = Σ coefficients[o·N + n] · input[n]`.
  ///
  /// Shapes: `input[T, N·E]`, `coefficients[T, M·N]`, `output[T, M·E]`. Source: llama.cpp `altup_predict`.
  ///
  /// @param headCount `N`
  record MixHeads(Value input, Value coefficients, int headCount, Value output) implements Op {
    @Override
    public Op on(UnaryOperator<Value> values) {
      return new MixHeads(
          values.apply(input), values.apply(coefficients), headCount, values.apply(output));
    }

    @Override
    public List<Value> inputs() {
      return List.of(input, coefficients);
    }
  }

  /// Keeps by how much elements are above most others of their row: `output = max(0, input - mean - deviations · σ)` with
  /// the row's mean and standard deviation `σ = √(Σ(input - mean)² / (F - 1))`.
  ///
  /// Shapes: `input[T, F]`, `output[T, F]`. Source: llama.cpp `gaussian_topk`.
  record GaussianTopK(Value input, float deviations, Value output) implements OfOne {
    @Override
    public Op on(UnaryOperator<Value> values) {
      return new GaussianTopK(values.apply(input), deviations, values.apply(output));
    }
  }

  /// `output = xielu(input)`, element by element; see [XieluParameters].
  record Xielu(Value input, XieluParameters parameters, Value output) implements OfOne {
    @Override
    public Op on(UnaryOperator<Value> values) {
      return new Xielu(values.apply(input), parameters, values.apply(output));
    }
  }

  /// Keeps the rows whose logits were asked for: `output[i] = input[outputRows[i]]`.
  record SelectOutputs(Value input, Value output) implements OfOne {
    @Override
    public Op on(UnaryOperator<Value> values) {
      return new SelectOutputs(values.apply(input), values.apply(output));
    }
  }
}
