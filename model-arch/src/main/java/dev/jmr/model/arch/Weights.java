package dev.jmr.model.arch;

import dev.jmr.gguf.Gguf;
import dev.jmr.tensor.Shape;
import dev.jmr.tensor.Tensor;
import dev.jmr.tensor.TensorType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Optional;

/// The weights of a model by their names in the file. What is handed out has the shape that the hyperparameters demand
/// and a type that can be computed with; no data is read.
///
/// Every method throws [ModelException] naming the tensor that is missing or misshapen, and
/// [UnsupportedModelException] naming the one whose type cannot be computed with. The data stays valid until the
/// [Gguf] is closed.
public final class Weights {
  private static final String TOKEN_EMBD = "token_embd.weight";
  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final Gguf gguf;
  private final HyperParameters hp;

  public Weights(Gguf gguf, HyperParameters hp) {
    this.gguf = gguf;
    this.hp = hp;
  }

  /// `[V, E]`.
  public Tensor tokenEmbedding() {
    return require(TOKEN_EMBD, "token embedding", hp.vocabularySize(), hp.embeddingLength());
  }

  /// What is added to tokens of the first type: `[E]`, if the file has types.
  public Optional<Tensor> firstTokenType() {
    int types = hp.keys().count("token_type_count", 1, 1 << 16).orElse(2);
    return find("token_types.weight", types, hp.embeddingLength())
        .map(all -> all.slice(0, 1).reshape(Shape.of(hp.embeddingLength())));
  }

  /// The norm of what tokens are embedded as: `[E]`.
  public Tensor tokenEmbeddingNorm() {
    return require("token_embd_norm.weight", "norm of the embeddings", hp.embeddingLength());
  }

  /// `[E]`, if the file has it.
  public Optional<Tensor> tokenEmbeddingNormBias() {
    return find("token_embd_norm.bias", hp.embeddingLength());
  }

  /// `[E]`.
  public Tensor outputNorm() {
    return require("output_norm.weight", "norm before the output", hp.embeddingLength());
  }

  /// `[E]`, if the file has it.
  public Optional<Tensor> outputNormBias() {
    return find("output_norm.bias", hp.embeddingLength());
  }

  /// Learned vectors of the positions: `[C, E]`.
  public Tensor positionEmbedding() {
    return require(
        "position_embd.weight", "position embedding", hp.contextLength(), hp.embeddingLength());
  }

  /// `[V, E]`; the token embedding where the file has no output of its own.
  public Projection output() {
    return projection("output", hp.vocabularySize(), hp.embeddingLength())
        .orElseGet(() -> new Projection(tokenEmbedding(), Optional.empty()));
  }

  /// The weights of block `index`.
  public BlockWeights block(int index) {
    return new BlockWeights(this, hp.ofBlock(index), index);
  }

  /// The weights of block `index`, whose sizes are `sizes`.
  BlockWeights block(int index, HyperParameters sizes) {
    return new BlockWeights(this, sizes, index);
  }

  /// A tensor that must be there.
  ///
  /// @param kind what the tensor is, for messages
  /// @param axes the expected shape, outermost axis first
  public Tensor require(String name, String kind, long... axes) {
    return find(name, axes).orElseThrow(() -> missing(name, kind, axes));
  }

  /// The rows of a matrix `[n, …]` that must be there.
  long rowCount(String name, String kind) {
    Tensor tensor =
        gguf.tensor(name)
            .orElseThrow(() ->
                new ModelException(
                    "tensor %s: expected the %s, got nothing; the file is incomplete or of a variant that is not supported"
                        .formatted(name, kind)));
    return tensor.shape().axis(0);
  }

  /// A tensor that may be there.
  public Optional<Tensor> find(String name, long... axes) {
    Optional<Tensor> tensor = gguf.tensor(name);
    tensor.ifPresent(found -> check(found, Shape.of(axes)));
    return tensor;
  }

  /// `<stem>.weight` with its optional `<stem>.bias`, which must be there.
  Projection requireProjection(String stem, String kind, long out, long in) {
    return projection(stem, out, in).orElseThrow(() -> missing(stem + ".weight", kind, out, in));
  }

  private Optional<Projection> projection(String stem, long out, long in) {
    return find(stem + ".weight", out, in)
        .map(weight -> new Projection(weight, find(stem + ".bias", out)));
  }

  /// A weight `[count]` of ones, for norms that have none.
  Tensor ones(int count) {
    MemorySegment data = Arena.ofAuto().allocate((long) count * Float.BYTES, Float.BYTES);
    for (int i = 0; i < count; i++) {
      data.set(FLOAT, (long) i * Float.BYTES, 1);
    }
    return new Tensor("ones", TensorType.F32, Shape.of(count), data);
  }

  /// Whether the file has a tensor with this name, of whatever shape and type.
  boolean has(String name) {
    return gguf.tensor(name).isPresent();
  }

  private static void check(Tensor tensor, Shape expected) {
    if (!tensor.shape().equals(expected)) {
      throw new ModelException(
          "tensor %s: expected shape %s, got %s"
              .formatted(tensor.name(), expected, tensor.shape()));
    }
    if (!tensor.type().computable()) {
      throw new UnsupportedModelException(
          "tensor %s: type %s cannot be computed with; use the model in another quantization"
              .formatted(tensor.name(), tensor.type()));
    }
  }

  private static ModelException missing(String name, String kind, long... axes) {
    return new ModelException(
        "tensor %s: expected the %s %s, got nothing; the file is incomplete or of a variant that is not supported"
            .formatted(name, kind, Shape.of(axes)));
  }
}
