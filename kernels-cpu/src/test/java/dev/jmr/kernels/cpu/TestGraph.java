package dev.jmr.kernels.cpu;

import dev.jmr.tensor.Shape;
import dev.jmr.tensor.Tensor;
import dev.jmr.tensor.TensorType;
import dev.jmr.tensor.graph.Activation;
import dev.jmr.tensor.graph.AttentionMask;
import dev.jmr.tensor.graph.AttentionSpec;
import dev.jmr.tensor.graph.ExpertSpec;
import dev.jmr.tensor.graph.ExpertWeights;
import dev.jmr.tensor.graph.Glu;
import dev.jmr.tensor.graph.Graph;
import dev.jmr.tensor.graph.GraphBuilder;
import dev.jmr.tensor.graph.PositionTemperature;
import dev.jmr.tensor.graph.RopeTable;
import dev.jmr.tensor.graph.RopeTable.Pairing;
import dev.jmr.tensor.graph.Value;
import dev.jmr.tensor.graph.XieluParameters;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;
import java.util.Random;

/// A small model that uses every operation there is, with random weights.
record TestGraph(Arena arena, Random random, AttentionMask lastMask) {
  static final int VOCABULARY = 61;

  TestGraph(Arena arena, Random random) {
    this(arena, random, AttentionMask.CAUSAL);
  }

  /// @param headSize of two key-value heads and six query heads
  /// @param window sliding window of every other layer
  Graph build(int headSize, int window) {
    int width = 64;
    var g = new GraphBuilder();
    Value x = g.embed(weight(VOCABULARY, width));
    x = g.add(x, g.embedPosition(weight(4096, width)));
    for (int layer = 0; layer < 4; layer++) {
      Pairing pairing = layer == 1 ? Pairing.HALVES : Pairing.INTERLEAVED;
      RopeTable rope = rope(pairing, headSize);
      AttentionSpec spec = attention(layer, headSize, window);
      Value h =
          layer == 1
              ? g.layerNorm(x, vector(width), Optional.of(vector(width)), 1e-5f)
              : g.rmsNorm(x, vector(width), 1e-5f);
      Value q = g.addBias(g.linear(h, weight(spec.queryWidth(), width)), vector(spec.queryWidth()));
      q = g.rope(g.rmsNorm(q, vector(headSize), 1e-6f), rope);
      Value k = g.rope(g.linear(h, weight(spec.keyWidth(), width)), rope);
      Value v = g.linear(h, weight(spec.valueWidth(), width));
      Optional<Tensor> sinks = layer == 1 ? Optional.of(vector(6)) : Optional.empty();
      Value a = g.attention(q, k, v, layer, spec, sinks);
      x = g.add(x, g.scale(g.linear(a, weight(width, spec.resultWidth())), 0.7f));
      h = g.rmsNorm(x, vector(width), 1e-5f);
      x =
          g.add(
              x,
              switch (layer) {
                case 0 -> dense(g, h, width);
                case 1 -> plain(g, h, width);
                case 2 -> experts(g, h, width);
                default -> g.linear(g.gatedActivation(h, h, Glu.SWIGLU_OAI), weight(width, width));
              });
    }
    x = g.add(x, mixed(g, x, width));
    x = g.add(x, streams(g, x, width));
    x = g.selectOutputs(x);
    return g.build(x, g.softcap(g.linear(x, weight(VOCABULARY, width)), 3));
  }

  private AttentionSpec attention(int layer, int headSize, int window) {
    var spec = new AttentionSpec(6, 2, headSize, 0.2f);
    return switch (layer) {
      case 0 -> spec;
      case 1 -> spec.withSlidingWindow(window).withSoftcap(2);
      case 2 -> spec.withValueLength(headSize / 2 + 3).withMask(new AttentionMask.Chunked(window));
      default -> spec.withMask(lastMask);
    };
  }

  /// What remains: a convolution over positions, operations on heads, products, and factors that depend on positions.
  private Value mixed(GraphBuilder g, Value x, int width) {
    Value h = g.shortConvolution(x, weight(width, 3), 4);
    h = g.multiply(h, g.activate(x, Activation.SIGMOID));
    h = g.headLinear(g.slice(h, width / 4, 3, 11), weight(4, 24, 8));
    h = g.concat(h, g.slice(x, width, 5, 13), 4, 1);
    h = g.scaleByPosition(h, new PositionTemperature(0.5f, 7, 1));
    h = g.linear(g.activate(h, Activation.RELU_SQR), weight(width, 4 * 32));
    return g.scale(g.clamp(g.multiply(h, g.linear(x, weight(1, width))), 2), 0.05f);
  }

  /// Several streams of one width, and what only some of their elements get through.
  private Value streams(GraphBuilder g, Value x, int width) {
    Value three = g.matchLength(g.linear(x, weight(3L * width, width)), x);
    Value coefficients = g.activate(g.linear(x, weight(2 * 3, width)), Activation.TANH);
    Value two = g.mixHeads(three, coefficients, 3);
    Value top = g.gaussianTopK(g.linear(two, weight(83, 2L * width)), 0.3f);
    Value curved =
        g.xielu(g.add(top, g.scale(top, -3)), new XieluParameters(0.8f, 0.6f, 0.5f, -1e-6f));
    return g.scaleColumns(g.linear(curved, weight(width, 83)), vector(width));
  }

  private Value plain(GraphBuilder g, Value h, int width) {
    Value up = g.activate(g.linear(h, weight(83, width)), Activation.GELU);
    return g.linear(g.activate(up, Activation.TANH), weight(width, 83));
  }

  private Value dense(GraphBuilder g, Value h, int width) {
    Value gate = g.linear(h, weight(96, width));
    Value up = g.linear(h, weight(96, width));
    return g.linear(g.gatedActivation(gate, up, Glu.GEGLU), weight(width, 96));
  }

  private Value experts(GraphBuilder g, Value h, int width) {
    ExpertWeights weights =
        ExpertWeights.of(
            weight(5, width), weight(5, 32, width), weight(5, 32, width), weight(5, width, 32));
    return g.mixtureOfExperts(h, weights, ExpertSpec.of(5, 2, Glu.SWIGLU).withWeightsNorm());
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
