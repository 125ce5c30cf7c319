package dev.jmr.bench;

import dev.jmr.gguf.GgufValue;
import dev.jmr.gguf.GgufWriter;
import dev.jmr.gguf.TensorSource;
import dev.jmr.model.quantize.TensorRole;
import dev.jmr.model.quantize.TypeRules;
import dev.jmr.tensor.Shape;
import dev.jmr.tensor.TensorType;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;

/// A model file of a given shape with random weights, for measuring: it says nothing, but costs what a real one costs.
///
/// Weights are drawn so that activations keep their size from block to block and logits spread by about 2. The same
/// shape, mixture and seed give the same bytes. Not thread-safe.
public final class SyntheticModel {
  private static final double LOGIT_DEVIATION = 2;

  private record PoolKey(TensorType type, int unitElements, double deviation) {}

  private final ModelShape shape;
  private final WeightMixture mixture;
  private final TypeRules rules;
  private final long seed;
  private final Map<PoolKey, BlockPool> pools = new HashMap<>();
  private final GgufWriter writer = new GgufWriter();
  private long dataBytes;

  public SyntheticModel(ModelShape shape, WeightMixture mixture, long seed) {
    this.shape = shape;
    this.mixture = mixture;
    this.rules = mixture.rules(shape);
    this.seed = seed;
    putMetadata();
    addTensors();
  }

  /// The bytes of all tensors together; the file is a little larger.
  public long dataBytes() {
    return dataBytes;
  }

  /// Writes the file; an existing one is replaced when the new one is complete.
  ///
  /// @throws dev.jmr.gguf.GgufException if it cannot be written
  public void write(Path target) {
    writer.write(target);
  }

  private void putMetadata() {
    writer.put("general.architecture", GgufValue.string(shape.family().architecture()));
    writer.put("general.type", GgufValue.string("model"));
    writer.put("general.name", GgufValue.string("synthetic " + shape.name()));
    writer.put("general.file_type", GgufValue.uint32(mixture.fileType()));
    writer.put("general.quantization_version", GgufValue.uint32(2));
    put("block_count", shape.blockCount());
    put("context_length", shape.contextLength());
    put("embedding_length", shape.embeddingLength());
    put("feed_forward_length", shape.feedForwardLength());
    put("attention.head_count", shape.headCount());
    put("attention.head_count_kv", shape.headCountKv());
    put("attention.key_length", shape.headLength());
    put("attention.value_length", shape.headLength());
    put("rope.dimension_count", shape.headLength());
    put("vocab_size", shape.vocabularySize());
    put("rope.freq_base", shape.ropeFreqBase());
    put("attention.layer_norm_rms_epsilon", shape.family().normEpsilon());
    if (shape.family().slidingWindow() > 0) {
      put("attention.sliding_window", shape.family().slidingWindow());
    }
    shape
        .experts()
        .ifPresent(experts -> {
          put("expert_count", experts.count());
          put("expert_used_count", experts.usedCount());
        });
    new SyntheticVocabulary(shape.vocabularySize()).metadata().forEach(writer::put);
  }

  private void put(String key, int value) {
    writer.put(shape.family().architecture() + "." + key, GgufValue.uint32(value));
  }

  private void put(String key, float value) {
    writer.put(shape.family().architecture() + "." + key, GgufValue.float32(value));
  }

  private void addTensors() {
    int e = shape.embeddingLength();
    int v = shape.vocabularySize();
    double spread = LOGIT_DEVIATION / Math.sqrt(e);
    TensorType embedding = type(TensorRole.TOKEN_EMBD, 0, e);
    addRandom("token_embd", embedding, Shape.of(v, e), spread);
    shape.ropeScaling().ifPresent(this::addRopeFrequencies);
    for (int i = 0; i < shape.blockCount(); i++) {
      addBlock(i);
    }
    addNorm("output_norm", e);
    if (!shape.tied()) {
      addRandom("output", type(TensorRole.OUTPUT, 0, e), Shape.of(v, e), spread);
    }
  }

  private void addBlock(int block) {
    String prefix = "blk." + block + ".";
    int e = shape.embeddingLength();
    int q = shape.headCount() * shape.headLength();
    int kv = shape.headCountKv() * shape.headLength();
    addNorm(prefix + "attn_norm", e);
    addLinear(prefix + "attn_q", type(TensorRole.OTHER, block, e), Shape.of(q, e));
    addLinear(prefix + "attn_k", type(TensorRole.ATTN_K, block, e), Shape.of(kv, e));
    addLinear(prefix + "attn_v", type(TensorRole.ATTN_V, block, e), Shape.of(kv, e));
    addLinear(prefix + "attn_output", type(TensorRole.ATTN_OUTPUT, block, q), Shape.of(e, q));
    if (shape.family().headNorms()) {
      addNorm(prefix + "attn_q_norm", shape.headLength());
      addNorm(prefix + "attn_k_norm", shape.headLength());
    }
    addNorm(prefix + "ffn_norm", e);
    addFeedForward(prefix, block);
    if (shape.family().postNorms()) {
      addNorm(prefix + "post_attention_norm", e);
      addNorm(prefix + "post_ffw_norm", e);
    }
  }

  private void addFeedForward(String prefix, int block) {
    int e = shape.embeddingLength();
    int f = shape.feedForwardLength();
    TensorType type = type(TensorRole.OTHER, block, e);
    TensorType down = type(TensorRole.FFN_DOWN, block, f);
    if (shape.experts().isPresent()) {
      int n = shape.experts().get().count();
      addLinear(prefix + "ffn_gate_inp", TensorType.F32, Shape.of(n, e));
      addLinear(prefix + "ffn_gate_exps", type, Shape.of(n, f, e));
      addLinear(prefix + "ffn_up_exps", type, Shape.of(n, f, e));
      addLinear(prefix + "ffn_down_exps", down, Shape.of(n, e, f));
    } else {
      addLinear(prefix + "ffn_gate", type, Shape.of(f, e));
      addLinear(prefix + "ffn_up", type, Shape.of(f, e));
      addLinear(prefix + "ffn_down", down, Shape.of(e, f));
    }
  }

  private TensorType type(TensorRole role, int block, int columns) {
    return rules.type(role, block, shape.blockCount(), columns);
  }

  private void addLinear(String name, TensorType type, Shape tensorShape) {
    addRandom(name, type, tensorShape, 1 / Math.sqrt((double) tensorShape.columns()));
  }

  private void addRandom(String name, TensorType type, Shape tensorShape, double deviation) {
    int unit = BlockPool.unitElements(type, tensorShape);
    long byteSize = type.byteSize(tensorShape);
    SplittableRandom random = new SplittableRandom(seed ^ unit * 31L + type.id());
    BlockPool pool =
        pools.computeIfAbsent(
            new PoolKey(type, unit, deviation),
            key -> new BlockPool(key.type, key.unitElements, key.deviation, random));
    add(name, type, tensorShape, pool.fill(byteSize, seedOf(name)));
  }

  private void addNorm(String name, int length) {
    SplittableRandom random = new SplittableRandom(seedOf(name));
    float[] weights = new float[length];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) (1 + 0.05 * random.nextGaussian());
    }
    add(name, TensorType.F32, Shape.of(weights.length), f32(weights));
  }

  private void addRopeFrequencies(float scaling) {
    float[] factors = RopeFactors.llama3(shape.headLength(), shape.ropeFreqBase(), scaling);
    add("rope_freqs", TensorType.F32, Shape.of(factors.length), f32(factors));
  }

  private void add(String name, TensorType type, Shape tensorShape, TensorSource source) {
    dataBytes += type.byteSize(tensorShape);
    writer.tensor(name + ".weight", type, tensorShape, source);
  }

  private long seedOf(String name) {
    return seed * 0x9E3779B97F4A7C15L + name.hashCode();
  }

  private static TensorSource f32(float[] values) {
    byte[] bytes = new byte[values.length * Float.BYTES];
    MemorySegment segment = MemorySegment.ofArray(bytes);
    TensorType.F32.format().quantize(values, 0, segment, 0, values.length);
    return TensorSource.of(segment);
  }
}
