package dev.jmr.model.arch;

import static dev.jmr.model.arch.Layers.linear;

import dev.jmr.tensor.graph.ExpertSpec;
import dev.jmr.tensor.graph.ExpertSpec.Gating;
import dev.jmr.tensor.graph.Glu;
import dev.jmr.tensor.graph.Graph;
import dev.jmr.tensor.graph.GraphBuilder;
import dev.jmr.tensor.graph.RopeTable;
import dev.jmr.tensor.graph.Value;

/// DeepSeek V2, V3 and R1, Kimi K2, GLM-4.7-Flash: multi-head latent attention, and experts beside a shared one.
///
/// Keys and values of all heads are made of one short latent vector per position. Files that have this in two tensors per
/// head (`attn_k_b`, `attn_v_b`) let queries attend to the latent vectors themselves, as to one key-value head; older ones
/// (`attn_kv_b`) have keys and values made of them first. Source: llama.cpp `llm_build_deepseek2`.
final class DeepSeek2 implements Architecture {
  /// Files of GLM-4.7-Flash that do not tell their gating have this vocabulary.
  private static final int GLM_FLASH_VOCABULARY = 154_880;

  private static final int GLM_FLASH_BLOCKS = 47;

  @Override
  public String name() {
    return "deepseek2";
  }

  @Override
  public Graph graph(HyperParameters hp, Weights w, int contextLength) {
    var g = new GraphBuilder();
    var attention = LatentAttention.of(hp);
    var rope = attention.rope();
    var epsilon = hp.layerNormRmsEpsilon();
    int dense = hp.keys().count("leading_dense_block_count", 0, hp.blockCount()).orElse(0);
    var x = g.embed(w.tokenEmbedding());
    for (int i = 0; i < hp.executedBlockCount(); i++) {
      var b = w.block(i);
      var h = g.rmsNorm(x, b.attnNorm(), epsilon);
      x = g.add(x, attend(g, h, b, i, attention, rope));
      h = g.rmsNorm(x, b.ffnNorm(), epsilon);
      x = g.add(x, i < dense ? Layers.swiGlu(g, h, b) : experts(g, h, b, hp));
    }
    x = g.rmsNorm(g.selectOutputs(x), w.outputNorm(), epsilon);
    return g.build(x, linear(g, x, w.output()));
  }

  private static Value attend(
      GraphBuilder g, Value x, BlockWeights b, int layer, LatentAttention a, RopeTable rope) {
    int rank = a.kvLoraRank();
    int heads = a.headCount();
    var q = query(g, x, b, a);
    var qNope = g.slice(q, a.keyLength(), 0, a.nopeLength());
    var qRope = g.rope(g.slice(q, a.keyLength(), a.nopeLength(), a.keyLength()), rope);
    var compressed = linear(g, x, a.kvA(b));
    int width = compressed.width();
    var latent = g.rmsNorm(g.slice(compressed, width, 0, rank), a.kvANorm(b), a.epsilon());
    var kRope = g.rope(g.slice(compressed, width, rank, width), rope);
    Value result;
    if (a.absorbed()) {
      q = temper(g, g.concat(g.headLinear(qNope, a.kB(b)), qRope, heads, heads), a);
      var k = g.concat(latent, kRope, 1, 1);
      result = g.headLinear(g.attention(q, k, latent, layer, a.spec()), a.vB(b));
    } else {
      var kv = linear(g, latent, a.kvB(b));
      int each = a.nopeLength() + a.valueLength();
      q = temper(g, g.concat(qNope, qRope, heads, heads), a);
      var k = g.concat(g.slice(kv, each, 0, a.nopeLength()), kRope, heads, 1);
      result = g.attention(q, k, g.slice(kv, each, a.nopeLength(), each), layer, a.spec());
    }
    return linear(g, result, a.output(b));
  }

  private static Value query(GraphBuilder g, Value x, BlockWeights b, LatentAttention a) {
    if (a.qLoraRank() == 0) {
      return linear(g, x, a.q(b));
    }
    var latent = g.rmsNorm(linear(g, x, a.qA(b)), a.qANorm(b), a.epsilon());
    return linear(g, latent, a.qB(b));
  }

  private static Value temper(GraphBuilder g, Value q, LatentAttention a) {
    return a.temperature().map(temperature -> g.scaleByPosition(q, temperature)).orElse(q);
  }

  private static Value experts(GraphBuilder g, Value x, BlockWeights b, HyperParameters hp) {
    int length = hp.keys().requireCount("expert_feed_forward_length", 1, HyperParameters.MAX_WIDTH);
    int shared = hp.keys().requireCount("expert_shared_count", 1, HyperParameters.MAX_EXPERTS);
    var chosen = g.mixtureOfExperts(x, b.experts(), expertSpec(hp));
    return g.add(chosen, Layers.sharedSwiGlu(g, x, b, Math.multiplyExact(length, shared)));
  }

  private static ExpertSpec expertSpec(HyperParameters hp) {
    boolean glmFlash =
        hp.vocabularySize() == GLM_FLASH_VOCABULARY
            && (hp.executedBlockCount() == GLM_FLASH_BLOCKS
                || hp.executedBlockCount() == GLM_FLASH_BLOCKS + 1);
    var spec = Layers.experts(hp, Glu.SWIGLU);
    return ExpertKeys.apply(hp.keys(), glmFlash ? spec.withGating(Gating.SIGMOID) : spec);
  }
}
