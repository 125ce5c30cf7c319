package dev.jmr.tensor.reference;

import dev.jmr.tensor.Tensor;
import dev.jmr.tensor.TensorException;
import dev.jmr.tensor.backend.Batch;
import dev.jmr.tensor.backend.BatchBounds;
import dev.jmr.tensor.backend.BatchLimits;
import dev.jmr.tensor.backend.Executable;
import dev.jmr.tensor.backend.KvLayout;
import dev.jmr.tensor.backend.OpProfile;
import dev.jmr.tensor.backend.OpTimer;
import dev.jmr.tensor.graph.Graph;
import dev.jmr.tensor.graph.Op;
import dev.jmr.tensor.graph.RopeTable;
import dev.jmr.tensor.graph.Value;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Walks the operations of a graph one by one: what every other backend must agree with.
final class ReferenceExecutable implements Executable {
  /// A function of one number.
  @FunctionalInterface
  private interface UnaryOperator {
    float apply(float x);
  }

  private final Graph graph;
  private final BatchBounds bounds;
  private final Activations activations;
  private final ReferenceAttention[] attentionOfLayer;
  private final Map<Integer, ReferenceConvolution> convolutions = new HashMap<>();
  private final ReferenceHeads heads = new ReferenceHeads();
  private final ReferenceExperts experts = new ReferenceExperts();
  private final WeightRow row = new WeightRow();
  private final @Nullable OpTimer timer;
  private volatile boolean closed;

  ReferenceExecutable(Graph graph, KvLayout kv, BatchLimits limits) {
    this(graph, kv, limits, false);
  }

  ReferenceExecutable(Graph graph, KvLayout kv, BatchLimits limits, boolean profiled) {
    this.graph = graph;
    this.bounds = BatchBounds.of(graph, kv, limits);
    this.activations = new Activations(graph);
    this.timer = profiled ? new OpTimer(graph.ops().stream().map(OpTimer.Part::of).toList()) : null;
    int layers = graph.attentions().stream().mapToInt(op -> op.layer() + 1).max().orElse(0);
    this.attentionOfLayer = new ReferenceAttention[layers];
    for (Op.Attention op : graph.attentions()) {
      attentionOfLayer[op.layer()] = new ReferenceAttention(op, kv);
    }
    for (Op.ShortConvolution op : graph.convolutions()) {
      convolutions.put(op.layer(), new ReferenceConvolution(op, kv));
    }
  }

  @Override
  public void run(Batch batch, float[] logits) {
    if (closed) {
      throw new TensorException("run: expected an open executable, got a closed one");
    }
    batch.validate(bounds);
    int count = Math.multiplyExact(batch.outputCount(), graph.result().width());
    if (logits.length < count) {
      throw new TensorException(
          "logits: expected room for %d floats, got %d".formatted(count, logits.length));
    }
    activations.begin(batch);
    if (timer == null) {
      for (int i = 0; i < graph.ops().size(); i++) {
        execute(graph.ops().get(i), batch);
      }
    } else {
      executeTimed(batch, timer);
    }
    System.arraycopy(activations.read(graph.result()), 0, logits, 0, count);
  }

  private void executeTimed(Batch batch, OpTimer clock) {
    for (int i = 0; i < graph.ops().size(); i++) {
      long start = System.nanoTime();
      execute(graph.ops().get(i), batch);
      clock.add(i, System.nanoTime() - start);
    }
    clock.endPass(batch.tokenCount(), batch.outputCount());
  }

  @Override
  public OpProfile profile() {
    return timer == null ? OpProfile.EMPTY : timer.profile();
  }

  @Override
  public void close() {
    closed = true;
  }

  private void execute(Op op, Batch batch) {
    switch (op) {
      case Op.Embed embed -> embed(embed, batch);
      case Op.EmbedPosition embed -> embedPosition(embed, batch);
      case Op.Given given -> given(given, batch);
      case Op.Linear linear -> linear(linear);
      case Op.AddBias bias -> addBias(bias);
      case Op.Add add -> add(add);
      case Op.Scale scale -> forEach(scale, scale.input(), x -> x * scale.factor());
      case Op.Softcap softcap ->
          forEach(
              softcap, softcap.input(), x -> softcap.cap() * (float) Math.tanh(x / softcap.cap()));
      case Op.RmsNorm norm -> rmsNorm(norm);
      case Op.LayerNorm norm -> layerNorm(norm);
      case Op.Rope rope -> rope(rope, batch);
      case Op.Attention attention ->
          attentionOfLayer[attention.layer()].run(attention, batch, activations);
      case Op.Activate activate ->
          forEach(activate, activate.input(), x -> Activate.apply(activate.activation(), x));
      case Op.GatedActivation gated -> gatedActivation(gated);
      case Op.MixtureOfExperts mixture -> experts.run(mixture, activations);
      case Op.Multiply multiply -> multiply(multiply);
      case Op.Clamp clamp ->
          forEach(clamp, clamp.input(), x -> Math.clamp(x, -clamp.limit(), clamp.limit()));
      case Op.Slice slice -> heads.slice(slice, activations);
      case Op.Concat concat -> heads.concat(concat, activations);
      case Op.HeadLinear linear -> heads.linear(linear, activations);
      case Op.ShortConvolution convolution ->
          Objects.requireNonNull(convolutions.get(convolution.layer()))
              .run(convolution, batch, activations);
      case Op.ScaleByPosition scale -> scaleByPosition(scale, batch);
      case Op.ScaleColumns scale -> scaleColumns(scale);
      case Op.MatchLength match -> heads.matchLength(match, activations);
      case Op.MixHeads mix -> heads.mix(mix, activations);
      case Op.GaussianTopK top -> gaussianTopK(top);
      case Op.Xielu xielu ->
          forEach(xielu, xielu.input(), x -> Activate.apply(xielu.parameters(), x));
      case Op.SelectOutputs select -> selectOutputs(select, batch);
    }
  }

  private void embed(Op.Embed op, Batch batch) {
    float[] output = activations.write(op.output());
    for (int t = 0; t < batch.tokenCount(); t++) {
      row.load(op.weight(), batch.tokens()[t]);
      row.copyTo(output, t * op.output().width());
    }
  }

  private void embedPosition(Op.EmbedPosition op, Batch batch) {
    float[] output = activations.write(op.output());
    for (int t = 0; t < batch.tokenCount(); t++) {
      row.load(op.weight(), batch.positions()[t]);
      row.copyTo(output, t * op.output().width());
    }
  }

  private void given(Op.Given op, Batch batch) {
    float[] output = activations.write(op.output());
    int width = op.output().width();
    for (int t = 0; t < batch.tokenCount(); t++) {
      int from = t * bounds.givenWidth() + op.from();
      System.arraycopy(batch.given(), from, output, t * width, width);
    }
  }

  private void forEach(Op op, Value from, UnaryOperator function) {
    float[] input = activations.read(from);
    float[] output = activations.write(op.output());
    for (int i = 0; i < activations.size(from); i++) {
      output[i] = function.apply(input[i]);
    }
  }

  private void multiply(Op.Multiply op) {
    float[] left = activations.read(op.left());
    float[] right = activations.read(op.right());
    float[] output = activations.write(op.output());
    int group = op.left().width() / op.right().width();
    for (int i = 0; i < activations.size(op.left()); i++) {
      output[i] = left[i] * right[i / group];
    }
  }

  private void scaleByPosition(Op.ScaleByPosition op, Batch batch) {
    float[] input = activations.read(op.input());
    float[] output = activations.write(op.output());
    int width = op.input().width();
    for (int i = 0; i < activations.size(op.input()); i++) {
      output[i] = input[i] * op.temperature().at(batch.positions()[i / width]);
    }
  }

  private void linear(Op.Linear op) {
    float[] input = activations.read(op.input());
    float[] output = activations.write(op.output());
    int rows = activations.rows(op.input());
    int width = op.output().width();
    for (int o = 0; rows > 0 && o < width; o++) {
      row.load(op.weight(), o);
      for (int t = 0; t < rows; t++) {
        output[t * width + o] = row.dot(input, t * op.input().width());
      }
    }
  }

  private void addBias(Op.AddBias op) {
    float[] input = activations.read(op.input());
    float[] output = activations.write(op.output());
    row.load(op.bias(), 0);
    for (int i = 0; i < activations.size(op.input()); i++) {
      output[i] = input[i] + row.get(i % op.input().width());
    }
  }

  private void scaleColumns(Op.ScaleColumns op) {
    float[] input = activations.read(op.input());
    float[] output = activations.write(op.output());
    row.load(op.weight(), 0);
    for (int i = 0; i < activations.size(op.input()); i++) {
      output[i] = input[i] * row.get(i % op.input().width());
    }
  }

  private void gaussianTopK(Op.GaussianTopK op) {
    float[] input = activations.read(op.input());
    float[] output = activations.write(op.output());
    int width = op.input().width();
    for (int start = 0; start < activations.size(op.input()); start += width) {
      double mean = 0;
      for (int i = start; i < start + width; i++) {
        mean += input[i] / (double) width;
      }
      double squares = 0;
      for (int i = start; i < start + width; i++) {
        squares += (input[i] - mean) * (input[i] - mean);
      }
      double cutoff = mean + op.deviations() * Math.sqrt(squares / (width - 1));
      for (int i = start; i < start + width; i++) {
        output[i] = (float) Math.max(0, input[i] - cutoff);
      }
    }
  }

  private void add(Op.Add op) {
    float[] left = activations.read(op.left());
    float[] right = activations.read(op.right());
    float[] output = activations.write(op.output());
    for (int i = 0; i < activations.size(op.left()); i++) {
      output[i] = left[i] + right[i];
    }
  }

  private void rmsNorm(Op.RmsNorm op) {
    float[] input = activations.read(op.input());
    float[] output = activations.write(op.output());
    Tensor weight = op.weight();
    int group = Math.toIntExact(weight.shape().columns());
    row.load(weight, 0);
    for (int start = 0; start < activations.size(op.input()); start += group) {
      double squares = 0;
      for (int i = start; i < start + group; i++) {
        squares += (double) input[i] * input[i];
      }
      double scale = 1 / Math.sqrt(squares / group + op.epsilon());
      for (int i = 0; i < group; i++) {
        output[start + i] = (float) (input[start + i] * scale * row.get(i));
      }
    }
  }

  private void layerNorm(Op.LayerNorm op) {
    float[] input = activations.read(op.input());
    float[] output = activations.write(op.output());
    int group = Math.toIntExact(op.weight().shape().columns());
    row.load(op.weight(), 0);
    float[] bias = new float[group];
    op.bias()
        .ifPresent(tensor -> tensor.type().format().dequantize(tensor.data(), 0, bias, 0, group));
    for (int start = 0; start < activations.size(op.input()); start += group) {
      double mean = 0;
      for (int i = start; i < start + group; i++) {
        mean += input[i] / (double) group;
      }
      double variance = 0;
      for (int i = start; i < start + group; i++) {
        variance += (input[i] - mean) * (input[i] - mean) / group;
      }
      double scale = 1 / Math.sqrt(variance + op.epsilon());
      for (int i = 0; i < group; i++) {
        output[start + i] = (float) ((input[start + i] - mean) * scale * row.get(i) + bias[i]);
      }
    }
  }

  private void rope(Op.Rope op, Batch batch) {
    RopeTable table = op.table();
    float[] input = activations.read(op.input());
    float[] output = activations.write(op.output());
    int width = op.input().width();
    for (int start = 0; start < activations.size(op.input()); start += table.headSize()) {
      ReferenceRope.rotate(table, batch.positions()[start / width], input, output, start);
    }
  }

  private void gatedActivation(Op.GatedActivation op) {
    float[] gate = activations.read(op.gate());
    float[] up = activations.read(op.up());
    float[] output = activations.write(op.output());
    for (int i = 0; i < activations.size(op.gate()); i++) {
      output[i] = Activate.apply(op.glu(), gate[i], up[i]);
    }
  }

  private void selectOutputs(Op.SelectOutputs op, Batch batch) {
    float[] input = activations.read(op.input());
    float[] output = activations.write(op.output());
    Value result = op.output();
    for (int i = 0; i < batch.outputCount(); i++) {
      System.arraycopy(
          input,
          batch.outputRows()[i] * result.width(),
          output,
          i * result.width(),
          result.width());
    }
  }
}
