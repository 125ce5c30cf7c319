package dev.jmr.model.arch;

import static dev.jmr.model.arch.Layers.linear;
import static dev.jmr.model.arch.Layers.sharedSwiGlu;
import static dev.jmr.model.arch.Layers.swiGlu;
import static dev.jmr.model.arch.Layers.swiGluExperts;

import dev.jmr.tensor.graph.AttentionSpec;
import dev.jmr.tensor.graph.Graph;
import dev.jmr.tensor.graph.GraphBuilder;
import dev.jmr.tensor.graph.RopeTable.Pairing;
import dev.jmr.tensor.graph.Value;

/// IBM Granite 3 and 4, dense or a mixture of experts: a Llama with factors on embeddings, scores, residuals and logits.
/// Source: llama.cpp `llama_model_granite`, `llama_model_granite_moe`.
final class Granite implements Architecture {
  private final String name;

  /// @param name `granite`, or `granitemoe` of those with experts
  Granite(String name) {
    this.name = name;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Graph graph(HyperParameters hp, Weights w, int contextLength) {
    var g = new GraphBuilder();
    var rope = RopeTables.of(hp, w, contextLength, Pairing.INTERLEAVED);
    boolean rotated = hp.keys().flag("rope.scaling.finetuned").orElse(true);
    var attention = attention(hp);
    var epsilon = hp.layerNormRmsEpsilon();
    float residual = factor(hp, "residual_scale");
    var x = g.scale(g.embed(w.tokenEmbedding()), factor(hp, "embedding_scale"));
    for (int i = 0; i < hp.blockCount(); i++) {
      var b = w.block(i);
      var h = g.rmsNorm(x, b.attnNorm(), epsilon);
      var q = linear(g, h, b.attnQ());
      var k = linear(g, h, b.attnK());
      var v = linear(g, h, b.attnV());
      if (rotated) {
        q = g.rope(q, rope);
        k = g.rope(k, rope);
      }
      var a = linear(g, g.attention(q, k, v, i, attention), b.attnOutput());
      x = g.add(x, g.scale(a, residual));
      h = g.rmsNorm(x, b.ffnNorm(), epsilon);
      var f = hp.expertCount() == 0 ? swiGlu(g, h, b) : experts(g, h, b, hp);
      x = g.add(x, g.scale(f, residual));
    }
    x = g.rmsNorm(g.selectOutputs(x), w.outputNorm(), epsilon);
    float logitScale = hp.keys().requireNumber("logit_scale", 1e-6, 1e6);
    return g.build(x, g.scale(linear(g, x, w.output()), 1 / logitScale));
  }

  /// The chosen experts, and the one that all tokens share if the file has one.
  private static Value experts(GraphBuilder g, Value x, BlockWeights b, HyperParameters hp) {
    var chosen = swiGluExperts(g, x, b, hp);
    int shared =
        hp.keys()
            .count("expert_shared_feed_forward_length", 0, HyperParameters.MAX_WIDTH)
            .orElse(0);
    return shared == 0 ? chosen : g.add(chosen, sharedSwiGlu(g, x, b, shared));
  }

  private static AttentionSpec attention(HyperParameters hp) {
    double scale = hp.keys().number("attention.scale", 0, 1e6).orElse(0);
    return new AttentionSpec(
        hp.headCount(),
        hp.headCountKv(),
        hp.headSize(),
        (float) (scale == 0 ? 1 / Math.sqrt(hp.headSize()) : scale));
  }

  /// A factor that is 1 if the file says 0 or nothing.
  private static float factor(HyperParameters hp, String key) {
    double factor = hp.keys().number(key, 0, 1e6).orElse(0);
    return factor == 0 ? 1 : (float) factor;
  }
}
