package dev.jmr.kernels.cpu;

import dev.jmr.tensor.Shape;
import dev.jmr.tensor.Tensor;
import dev.jmr.tensor.TensorType;
import dev.jmr.tensor.graph.AttentionSpec;
import dev.jmr.tensor.graph.ExpertSpec;
import dev.jmr.tensor.graph.Glu;
import dev.jmr.tensor.graph.Graph;
import dev.jmr.tensor.graph.GraphBuilder;
import dev.jmr.tensor.graph.RopeTable;
import dev.jmr.tensor.graph.RopeTable.Pairing;
import dev.jmr.tensor.graph.Value;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;

/// A small model that uses every operation there is, with random weights.
record TestGraph(Arena arena, Random random) {
  static final int VOCABULARY = 61;

  /// @param headSize of two key-value heads and six query heads
  /// @param window sliding window of every other layer
  Graph build(int headSize, int window) {
    int width = 64;
    var g = new GraphBuilder();
    Value x = g.embed(weight(VOCABULARY, width));
    for (int layer = 0; layer < 3; layer++) {
      Pairing pairing = layer == 1 ? Pairing.HALVES : Pairing.INTERLEAVED;
      RopeTable rope = rope(pairing, headSize);
      var spec = new AttentionSpec(6, 2, headSize, 0.2f, layer % 2 == 0 ? 0 : window);
      Value h = g.rmsNorm(x, vector(width), 1e-5f);
      Value q = g.addBias(g.linear(h, weight(spec.queryWidth(), width)), vector(spec.queryWidth()));
      q = g.rope(g.rmsNorm(q, vector(headSize), 1e-6f), rope);
      Value k = g.rope(g.linear(h, weight(spec.kvWidth(), width)), rope);
      Value v = g.linear(h, weight(spec.kvWidth(), width));
      Value a = g.linear(g.attention(q, k, v, layer, spec), weight(width, spec.queryWidth()));
      x = g.add(x, a);
      h = g.rmsNorm(x, vector(width), 1e-5f);
      x = g.add(x, layer == 2 ? experts(g, h, width) : dense(g, h, width));
    }
    return g.build(g.linear(g.selectOutputs(x), weight(VOCABULARY, width)));
  }

  private Value dense(GraphBuilder g, Value h, int width) {
    Value gate = g.linear(h, weight(96, width));
    Value up = g.linear(h, weight(96, width));
    return g.linear(g.gatedActivation(gate, up, Glu.SWIGLU), weight(width, 96));
  }

  private Value experts(GraphBuilder g, Value h, int width) {
    return g.mixtureOfExperts(
        h,
        weight(5, width),
        weight(5, 32, width),
        weight(5, 32, width),
        weight(5, width, 32),
        new ExpertSpec(5, 2, Glu.SWIGLU));
  }

  private static RopeTable rope(Pairing pairing, int headSize) {
    float[] frequencies = new float[headSize / 2 - 1];
    for (int i = 0; i < frequencies.length; i++) {
      frequencies[i] = (float) Math.pow(100, -i / (double) frequencies.length);
    }
    return new RopeTable(pairing, headSize, frequencies, 1.1f);
  }

  private Tensor vector(int length) {
    return tensor(1, length);
  }

  private Tensor weight(long... axes) {
    return tensor(0, axes);
  }

  private Tensor tensor(float mean, long... axes) {
    Shape shape = Shape.of(axes);
    MemorySegment data = arena.allocate(4 * shape.elementCount(), 64);
    for (long i = 0; i < shape.elementCount(); i++) {
      float value = mean + 0.15f * (float) random.nextGaussian();
      data.setAtIndex(ValueLayout.JAVA_FLOAT, i, value);
    }
    return new Tensor("test.weight", TensorType.F32, shape, data);
  }
}
