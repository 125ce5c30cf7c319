package dev.jmr.model.arch;

import static dev.jmr.model.arch.Layers.linear;
import static dev.jmr.model.arch.Layers.swiGlu;

import dev.jmr.tensor.graph.AttentionSpec;
import dev.jmr.tensor.graph.Glu;
import dev.jmr.tensor.graph.Graph;
import dev.jmr.tensor.graph.GraphBuilder;
import dev.jmr.tensor.graph.RopeTable;
import dev.jmr.tensor.graph.RopeTable.Pairing;
import dev.jmr.tensor.graph.Value;

/// LFM2, dense and with experts: a few blocks attend, with norms per head on queries and keys; all others, which the file
/// gives 0 key-value heads, mix each token with the two before it. Source: llama.cpp `llm_build_lfm2`.
final class Lfm2 implements Architecture {
  private final String name;

  /// @param name `lfm2`, or `lfm2moe` of models with experts
  Lfm2(String name) {
    this.name = name;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean blocksMayDiffer() {
    return true;
  }

  @Override
  public Graph graph(HyperParameters hp, Weights w, int contextLength) {
    var g = new GraphBuilder();
    var rope = RopeTables.of(hp, w, contextLength, Pairing.HALVES);
    var epsilon = hp.layerNormRmsEpsilon();
    int dense = denseBlocks(hp);
    var x = g.embed(w.tokenEmbedding());
    for (int i = 0; i < hp.blockCount(); i++) {
      var block = hp.ofBlock(i);
      var b = w.block(i);
      var h = g.rmsNorm(x, b.attnNorm(), epsilon);
      boolean attends = block.headCountKv() > 0;
      x = g.add(x, attends ? attention(g, h, b, i, block, rope) : convolution(g, h, b, i, hp));
      h = g.rmsNorm(x, b.ffnNorm(), epsilon);
      x = g.add(x, i < dense ? swiGlu(g, h, b) : experts(g, h, b, hp));
    }
    var norm = w.require("token_embd_norm.weight", "norm before the output", hp.embeddingLength());
    x = g.rmsNorm(g.selectOutputs(x), norm, epsilon);
    return g.build(x, linear(g, x, w.output()));
  }

  private static Value attention(
      GraphBuilder g, Value x, BlockWeights b, int layer, HyperParameters hp, RopeTable rope) {
    var epsilon = hp.layerNormRmsEpsilon();
    AttentionSpec spec = Layers.groupedQueryAttention(hp);
    var q = g.rope(g.rmsNorm(linear(g, x, b.attnQ()), b.attnQNorm(), epsilon), rope);
    var k = g.rope(g.rmsNorm(linear(g, x, b.attnK()), b.attnKNorm(), epsilon), rope);
    var v = linear(g, x, b.attnV());
    return linear(g, g.attention(q, k, v, layer, spec), b.attnOutput());
  }

  /// `out(c · convolution(b · x))`, where `b`, `c` and `x` are projections of the input.
  private static Value convolution(
      GraphBuilder g, Value x, BlockWeights b, int layer, HyperParameters hp) {
    int width = hp.embeddingLength();
    int length = hp.keys().requireCount("shortconv.l_cache", 2, 64);
    var all = linear(g, x, b.projection("shortconv.in_proj", "projection", 3L * width, width));
    var gate = g.slice(all, 3 * width, 0, width);
    var gateAfter = g.slice(all, 3 * width, width, 2 * width);
    var input = g.slice(all, 3 * width, 2 * width, 3 * width);
    var weight = b.require("shortconv.conv.weight", "convolution", width, length);
    var mixed = g.shortConvolution(g.multiply(gate, input), weight, layer);
    var out = b.projection("shortconv.out_proj", "projection", width, width);
    return linear(g, g.multiply(gateAfter, mixed), out);
  }

  private static Value experts(GraphBuilder g, Value x, BlockWeights b, HyperParameters hp) {
    var spec = Layers.experts(hp, Glu.SWIGLU).withWeightsNorm();
    return g.mixtureOfExperts(x, b.experts(), ExpertKeys.apply(hp.keys(), spec));
  }

  private int denseBlocks(HyperParameters hp) {
    return name.equals("lfm2moe")
        ? hp.keys().requireCount("leading_dense_block_count", 0, hp.blockCount())
        : hp.blockCount();
  }
}
