package dev.jmr.model.arch;

import static dev.jmr.model.arch.Layers.experts;
import static dev.jmr.model.arch.Layers.groupedQueryAttention;
import static dev.jmr.model.arch.Layers.linear;

import dev.jmr.tensor.graph.AttentionMask;
import dev.jmr.tensor.graph.ExpertSpec;
import dev.jmr.tensor.graph.Glu;
import dev.jmr.tensor.graph.Graph;
import dev.jmr.tensor.graph.GraphBuilder;
import dev.jmr.tensor.graph.RopeTable.Pairing;
import java.util.Optional;

/// gpt-oss: attention with sinks, every other block through a sliding window, and experts with biases and a SwiGLU that
/// is cut off. Source: llama.cpp `llama_model_openai_moe`.
final class GptOss implements Architecture {
  @Override
  public String name() {
    return "gpt-oss";
  }

  @Override
  public Graph graph(HyperParameters hp, Weights w, int contextLength) {
    var g = new GraphBuilder();
    var rope = RopeTables.of(hp, w, contextLength, Pairing.HALVES);
    var local = groupedQueryAttention(hp);
    var global = local.withMask(AttentionMask.CAUSAL);
    boolean[] windowed = hp.slidingWindowPattern(2);
    var experts = experts(hp, Glu.SWIGLU_OAI).withGating(ExpertSpec.Gating.SOFTMAX_WEIGHT);
    var epsilon = hp.layerNormRmsEpsilon();
    var x = g.embed(w.tokenEmbedding());
    for (int i = 0; i < hp.blockCount(); i++) {
      var b = w.block(i);
      var h = g.rmsNorm(x, b.attnNorm(), epsilon);
      var q = g.rope(linear(g, h, b.attnQ()), rope);
      var k = g.rope(linear(g, h, b.attnK()), rope);
      var v = linear(g, h, b.attnV());
      var spec = windowed[i] ? local : global;
      var a = g.attention(q, k, v, i, spec, Optional.of(b.attnSinks()));
      x = g.add(x, linear(g, a, b.attnOutput()));
      h = g.rmsNorm(x, b.postAttentionNorm(), epsilon);
      x = g.add(x, g.mixtureOfExperts(h, b.experts(), experts));
    }
    x = g.rmsNorm(g.selectOutputs(x), w.outputNorm(), epsilon);
    return g.build(x, linear(g, x, w.output()));
  }
}
