package dev.jmr.model.arch;

import dev.jmr.tensor.Tensor;
import dev.jmr.tensor.graph.AttentionMask;
import dev.jmr.tensor.graph.Graph;
import dev.jmr.tensor.graph.GraphBuilder;
import dev.jmr.tensor.graph.Value;
import java.util.Optional;

/// EmbeddingGemma: a Gemma 3 whose tokens see what follows them too, through windows that are as long ahead as behind.
/// Source: llama.cpp `llama_model_gemma_embedding`.
///
/// A file may have two projections for the pooled embedding. They have no bias, so that it does not matter whether the
/// mean of the tokens is projected or the mean is taken of projected tokens: they are part of the graph.
final class GemmaEmbedding implements Architecture {
  @Override
  public String name() {
    return "gemma-embedding";
  }

  @Override
  public Graph graph(HyperParameters hp, Weights w, int contextLength) {
    var g = new GraphBuilder();
    int window = hp.keys().requireCount("attention.sliding_window", 1, HyperParameters.MAX_CONTEXT);
    var attention = Layers.fullAttention(hp);
    var global = attention.withMask(AttentionMask.FULL);
    var local = attention.withMask(new AttentionMask.Symmetric(window));
    var x = Gemma3.blocks(g, hp, w, contextLength, global, local);
    x = g.rmsNorm(g.selectOutputs(x), w.outputNorm(), hp.layerNormRmsEpsilon());
    int width = hp.embeddingLength();
    x = dense(g, x, w, "dense_2", featureCount(hp, "dense_2_feat_out"), width);
    x = dense(g, x, w, "dense_3", width, featureCount(hp, "dense_3_feat_in"));
    return g.build(x);
  }

  private static Value dense(GraphBuilder g, Value x, Weights w, String stem, long out, long in) {
    Optional<Tensor> weight = w.find(stem + ".weight", out, in);
    return weight.map(found -> g.linear(x, found)).orElse(x);
  }

  /// Features between the two projections; as many as there are at their other ends if the file does not say.
  private static int featureCount(HyperParameters hp, String key) {
    return hp.keys().count(key, 1, HyperParameters.MAX_WIDTH).orElse(hp.embeddingLength());
  }
}
