package dev.jmr.tensor.graph;

import dev.jmr.tensor.Tensor;
import java.util.List;

/// One operation of a forward pass. Results are float32; a result never aliases an input.
///
/// A backend answers every operation in one exhaustive `switch`: a new one does not compile until each backend has it.
/// [GraphBuilder] is the only place that creates operations, and checks their shapes.
public sealed interface Op {
  /// The values that are read.
  List<Value> inputs();

  /// The value that is written.
  Value output();

  /// The weights that are read.
  default List<Tensor> weights() {
    return List.of();
  }

  /// Takes rows of the token embedding: `output[t] = weight[token(t)]`.
  ///
  /// Shapes: `weight[V, E]`, `output[T, E]`.
  record Embed(Tensor weight, Value output) implements Op {
    @Override
    public List<Value> inputs() {
      return List.of();
    }

    @Override
    public List<Tensor> weights() {
      return List.of(weight);
    }
  }

  /// Multiplies activations by a weight: `output = input · weightᵀ`.
  ///
  /// Shapes: `weight[O, I]`, `input[T, I]`, `output[T, O]`. Accumulates in float32; backends differ by up to 1e-3
  /// relative. Source: ggml `ggml_compute_forward_mul_mat`.
  record Linear(Value input, Tensor weight, Value output) implements Op {
    @Override
    public List<Value> inputs() {
      return List.of(input);
    }

    @Override
    public List<Tensor> weights() {
      return List.of(weight);
    }
  }

  /// Adds a float32 vector to each row: `output[t] = input[t] + bias`.
  record AddBias(Value input, Tensor bias, Value output) implements Op {
    @Override
    public List<Value> inputs() {
      return List.of(input);
    }

    @Override
    public List<Tensor> weights() {
      return List.of(bias);
    }
  }

  /// `output = left + right`, element by element.
  record Add(Value left, Value right, Value output) implements Op {
    @Override
    public List<Value> inputs() {
      return List.of(left, right);
    }
  }

  /// Scales groups of a row to unit root mean square, then multiplies by a float32 weight.
  ///
  /// `y = x / sqrt(mean(x²) + epsilon) · weight` over each group of `weight.columns` elements: the whole row, or each
  /// head of it. Source: ggml `ggml_compute_forward_rms_norm`.
  record RmsNorm(Value input, Tensor weight, float epsilon, Value output) implements Op {
    @Override
    public List<Value> inputs() {
      return List.of(input);
    }

    @Override
    public List<Tensor> weights() {
      return List.of(weight);
    }
  }

  /// Rotates pairs of elements of each head by their token's position. Source: ggml `ggml_compute_forward_rope`.
  record Rope(Value input, RopeTable table, Value output) implements Op {
    @Override
    public List<Value> inputs() {
      return List.of(input);
    }
  }

  /// Appends this batch's keys and values to the cache of `layer`, then lets each query attend to its sequence's cache.
  ///
  /// Shapes: `query[T, H·D]`, `key[T, K·D]`, `value[T, K·D]`, `output[T, H·D]`. A token sees the positions up to its
  /// own, tokens of the same batch included.
  record Attention(Value query, Value key, Value value, int layer, AttentionSpec spec, Value output)
      implements Op {
    @Override
    public List<Value> inputs() {
      return List.of(query, key, value);
    }
  }

  /// `output = glu(gate, up)`, element by element.
  record GatedActivation(Value gate, Value up, Glu glu, Value output) implements Op {
    @Override
    public List<Value> inputs() {
      return List.of(gate, up);
    }
  }

  /// A gated feed-forward layer whose weights each token chooses: `Σ p(e) · down(e)(glu(gate(e)(x), up(e)(x)))`.
  ///
  /// Shapes: `router[X, E]`, `gate[X, F, E]`, `up[X, F, E]`, `down[X, E, F]`, `input[T, E]`, `output[T, E]`.
  record MixtureOfExperts(
      Value input,
      Tensor router,
      Tensor gate,
      Tensor up,
      Tensor down,
      ExpertSpec spec,
      Value output)
      implements Op {
    @Override
    public List<Value> inputs() {
      return List.of(input);
    }

    @Override
    public List<Tensor> weights() {
      return List.of(router, gate, up, down);
    }
  }

  /// Keeps the rows whose logits were asked for: `output[i] = input[outputRows[i]]`.
  record SelectOutputs(Value input, Value output) implements Op {
    @Override
    public List<Value> inputs() {
      return List.of(input);
    }
  }
}
