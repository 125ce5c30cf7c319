package dev.jmr.tensor.graph;

import dev.jmr.tensor.Tensor;

/// How many bytes of weights a forward pass has to read, if it reads each only once.
public final class WeightTraffic {
  private WeightTraffic() {}

  /// The bytes of a whole pass over `tokens` tokens of which `outputs` have their logits computed.
  public static long bytes(Graph graph, int tokens, int outputs) {
    return graph.ops().stream().mapToLong(op -> bytes(op, tokens, outputs)).sum();
  }

  /// The bytes of one operation of such a pass; of a mixture of experts, those of as many experts as can be used.
  public static long bytes(Op op, int tokens, int outputs) {
    int rows = op.output().rows() == Value.Rows.TOKENS ? tokens : outputs;
    if (rows == 0) {
      return 0;
    }
    return switch (op) {
      case Op.Embed embed -> rows * embed.weight().rowBytes();
      case Op.EmbedPosition embed -> rows * embed.weight().rowBytes();
      case Op.MixtureOfExperts mixture -> experts(mixture, rows);
      case Op.Given _,
          Op.Linear _,
          Op.AddBias _,
          Op.Add _,
          Op.Scale _,
          Op.Softcap _,
          Op.RmsNorm _,
          Op.LayerNorm _,
          Op.Rope _,
          Op.Attention _,
          Op.Activate _,
          Op.GatedActivation _,
          Op.Multiply _,
          Op.Clamp _,
          Op.Slice _,
          Op.Concat _,
          Op.HeadLinear _,
          Op.ShortConvolution _,
          Op.ScaleByPosition _,
          Op.ScaleColumns _,
          Op.MatchLength _,
          Op.MixHeads _,
          Op.GaussianTopK _,
          Op.Xielu _,
          Op.SelectOutputs _ ->
          op.weights().stream().mapToLong(Tensor::byteSize).sum();
    };
  }

  private static long experts(Op.MixtureOfExperts op, int rows) {
    ExpertWeights weights = op.expertWeights();
    long count = op.spec().expertCount();
    long used = Math.min(count, (long) rows * op.spec().expertUsedCount());
    long all = weights.gate().byteSize() + weights.up().byteSize() + weights.down().byteSize();
    return weights.router().byteSize() + all / count * used;
  }
}
