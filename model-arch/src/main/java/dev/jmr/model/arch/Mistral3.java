package dev.jmr.model.arch;

import static dev.jmr.model.arch.Layers.linear;
import static dev.jmr.model.arch.Layers.swiGlu;

import dev.jmr.tensor.graph.Graph;
import dev.jmr.tensor.graph.GraphBuilder;
import dev.jmr.tensor.graph.PositionTemperature;
import dev.jmr.tensor.graph.RopeTable;
import dev.jmr.tensor.graph.RopeTable.Pairing;
import dev.jmr.tensor.graph.Value;

/// Mistral Small 3.x, Ministral 3: a Llama whose queries grow sharper with the position. Source: llama.cpp
/// `llm_build_mistral3`.
final class Mistral3 implements Architecture {
  @Override
  public String name() {
    return "mistral3";
  }

  @Override
  public Graph graph(HyperParameters hp, Weights w, int contextLength) {
    rejectExperts(hp);
    var g = new GraphBuilder();
    var rope = rope(hp, w, contextLength);
    var attention = Layers.groupedQueryAttention(hp);
    var epsilon = hp.layerNormRmsEpsilon();
    var x = g.embed(w.tokenEmbedding());
    for (int i = 0; i < hp.blockCount(); i++) {
      var b = w.block(i);
      var h = g.rmsNorm(x, b.attnNorm(), epsilon);
      var q = temper(g, hp, g.rope(linear(g, h, b.attnQ()), rope));
      var k = g.rope(linear(g, h, b.attnK()), rope);
      var v = linear(g, h, b.attnV());
      x = g.add(x, linear(g, g.attention(q, k, v, i, attention), b.attnOutput()));
      x = g.add(x, swiGlu(g, g.rmsNorm(x, b.ffnNorm(), epsilon), b));
    }
    x = g.rmsNorm(g.selectOutputs(x), w.outputNorm(), epsilon);
    return g.build(x, linear(g, x, w.output()));
  }

  private static Value temper(GraphBuilder g, HyperParameters hp, Value q) {
    float scale = (float) hp.keys().number("attention.temperature_scale", 0, 100).orElse(0);
    int length = hp.rope().originalContextLength();
    return scale == 0 ? q : g.scaleByPosition(q, new PositionTemperature(scale, length, 0));
  }

  /// A file may say that YaRN's lengthening is to be undone.
  private static RopeTable rope(HyperParameters hp, Weights w, int contextLength) {
    RopeParameters rope = hp.rope();
    double undone = hp.keys().number("rope.scaling.yarn_log_multiplier", 0, 100).orElse(0);
    double magnitude =
        rope.attnFactor()
            * RopeTables.yarnMagnitude(rope, 1)
            / RopeTables.yarnMagnitude(rope, undone);
    float[] factors = RopeTables.factors(hp, w, contextLength);
    return RopeTables.of(rope, hp.headSize(), factors, Pairing.INTERLEAVED, (float) magnitude);
  }

  private static void rejectExperts(HyperParameters hp) {
    if (hp.expertCount() > 0) {
      throw new UnsupportedModelException(
          "%s: expected 0, got %d; mistral3 with experts is not supported"
              .formatted(hp.keys().key("expert_count"), hp.expertCount()));
    }
  }
}
