package dev.jmr.bench.kernels;

import dev.jmr.tensor.Shape;
import dev.jmr.tensor.Tensor;
import dev.jmr.tensor.TensorType;
import dev.jmr.tensor.graph.AttentionSpec;
import dev.jmr.tensor.graph.Glu;
import dev.jmr.tensor.graph.Graph;
import dev.jmr.tensor.graph.GraphBuilder;
import dev.jmr.tensor.graph.RopeTable;
import dev.jmr.tensor.graph.Value;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/// The graph of one operation: rows of random embeddings go in, and the operation is done to them a number of times.
///
/// The repetitions do not depend on each other, so that every one works on numbers of the same size; the result is that
/// of the last.
final class OperationGraph {
  /// Different rows there are.
  static final int VOCABULARY = 64;

  private static final int FEW = 2;
  private static final int MANY = 64;
  private static final int MOST = 256;
  private static final float EPSILON = 1e-5f;
  private static final double ROPE_BASE = 500_000;

  private final KernelCase kernelCase;
  private final KernelShape.Block shape;
  private final AttentionSpec attention;
  private final List<Tensor> tables = new ArrayList<>();
  private final Arena arena;

  /// @param arena owns the weights
  OperationGraph(KernelCase kernelCase, KernelShape.Block shape, Arena arena) {
    this.kernelCase = kernelCase;
    this.shape = shape;
    this.arena = arena;
    int headSize = shape.headSize();
    float scale = (float) (1 / Math.sqrt(headSize));
    attention = new AttentionSpec(shape.headCount(), shape.headCountKv(), headSize, scale);
    switch (kernelCase.family()) {
      case ATTENTION, ATTENTION_PROMPT ->
          addTables(attention.queryWidth(), attention.keyWidth(), attention.valueWidth());
      case RMS_NORM -> addTables(shape.embeddingLength());
      case ROPE -> addTables(attention.queryWidth());
      case SILU -> addTables(shape.feedForwardLength(), shape.feedForwardLength());
      case DOT, PANEL, UNPACK -> throw new IllegalArgumentException(kernelCase.toString());
    }
  }

  private void addTables(int... widths) {
    for (int width : widths) {
      tables.add(tensor("table" + tables.size(), Shape.of(VOCABULARY, width)));
    }
  }

  private Tensor tensor(String name, Shape axes) {
    float[] values = Activations.random((int) axes.elementCount(), name.hashCode());
    MemorySegment data = arena.allocate(TensorType.F32.byteSize(axes), 64);
    TensorType.F32.format().quantize(values, 0, data, 0, values.length);
    return new Tensor(name + ".weight", TensorType.F32, axes, data);
  }

  /// How often the timed graph repeats the operation: over so many layers that their caches lie where they should.
  int count() {
    return switch (kernelCase.family()) {
      case ATTENTION -> Math.clamp(kernelCase.place().bytes() / bytes(), 1, MOST);
      case ATTENTION_PROMPT -> FEW;
      case DOT, PANEL, UNPACK, RMS_NORM, ROPE, SILU -> MANY;
    };
  }

  /// Floats in a row of results.
  int width() {
    return Math.toIntExact(tables.getFirst().shape().columns());
  }

  /// Bytes that one operation reads.
  long bytes() {
    long tokens = kernelCase.tokens();
    long floats = tokens * tables.stream().mapToLong(table -> table.shape().columns()).sum();
    return kernelCase.family().attends()
        ? 2L * (kernelCase.depth() + tokens) * attention.keyWidth() * kernelCase.type().blockBytes()
        : Float.BYTES * floats;
  }

  /// Multiplications and additions of one attention; 0 for what is not bound by them.
  long flops() {
    if (!kernelCase.family().attends()) {
      return 0;
    }
    long tokens = kernelCase.tokens();
    long visible = tokens * kernelCase.depth() + tokens * (tokens + 1) / 2;
    return 4 * visible * attention.queryWidth();
  }

  /// The operation, `operations` times.
  Graph graph(int operations) {
    GraphBuilder g = new GraphBuilder();
    Value[] in = tables.stream().map(g::embed).toArray(Value[]::new);
    Tensor norm = tensor("norm", Shape.of(shape.embeddingLength()));
    RopeTable rope = rope();
    Value last = in[0];
    for (int i = 0; i < operations; i++) {
      last =
          switch (kernelCase.family()) {
            case ATTENTION, ATTENTION_PROMPT -> g.attention(in[0], in[1], in[2], i, attention);
            case RMS_NORM -> g.rmsNorm(in[0], norm, EPSILON);
            case ROPE -> g.rope(in[0], rope);
            case SILU -> g.gatedActivation(in[0], in[1], Glu.SWIGLU);
            case DOT, PANEL, UNPACK -> throw new IllegalArgumentException(kernelCase.toString());
          };
    }
    return g.build(g.selectOutputs(last));
  }

  private RopeTable rope() {
    float[] frequencies = new float[shape.headSize() / 2];
    for (int i = 0; i < frequencies.length; i++) {
      frequencies[i] = (float) Math.pow(ROPE_BASE, -2.0 * i / shape.headSize());
    }
    return new RopeTable(RopeTable.Pairing.HALVES, shape.headSize(), frequencies, 1);
  }
}
