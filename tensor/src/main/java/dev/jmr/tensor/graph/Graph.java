package dev.jmr.tensor.graph;

import dev.jmr.tensor.Tensor;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The operations of one forward pass in the order in which they can be executed. Immutable; made by [GraphBuilder].
///
/// @param ops each reads only values that an earlier one wrote
/// @param values all values by id
/// @param embedding what the model knows of each token in the end: `[outputs, E]`
/// @param result the logits, `[outputs, V]`; the embedding itself if the model makes no logits
public record Graph(List<Op> ops, List<Value> values, Value embedding, Value result) {
  public Graph {
    ops = List.copyOf(ops);
    values = List.copyOf(values);
  }

  /// Whether the result is logits.
  public boolean hasLogits() {
    return !result.equals(embedding);
  }

  /// The part of the graph that makes the embedding, which is its result.
  public Graph untilEmbedding() {
    int end = embedding.id() + 1;
    return new Graph(ops.subList(0, end), values.subList(0, end), embedding, embedding);
  }

  /// Every weight that is read, once each, in the order of first use.
  public List<Tensor> weights() {
    return ops.stream().flatMap(op -> op.weights().stream()).distinct().toList();
  }

  /// Floats that a batch must bring along for each token: those of all [Op.Given].
  public int givenWidth() {
    return ops.stream()
        .flatMapToInt(op ->
            op instanceof Op.Given given
                ? IntStream.of(given.from() + given.output().width())
                : IntStream.empty())
        .max()
        .orElse(0);
  }

  /// How many token ids the graph can embed: those from 0 up to this number.
  public int vocabularySize() {
    return ops.stream()
        .flatMap(op -> op instanceof Op.Embed embed ? Stream.of(embed.weight()) : Stream.of())
        .mapToInt(weight -> Math.toIntExact(weight.shape().axis(0)))
        .min()
        .orElse(Integer.MAX_VALUE);
  }

  /// How many positions the graph knows: those from 0 up to this number.
  public int positionCount() {
    return ops.stream()
        .flatMap(
            op -> op instanceof Op.EmbedPosition embed ? Stream.of(embed.weight()) : Stream.of())
        .mapToInt(weight -> Math.toIntExact(weight.shape().axis(0)))
        .min()
        .orElse(Integer.MAX_VALUE);
  }

  /// The attention operations, in the order of execution.
  public List<Op.Attention> attentions() {
    return ops.stream().flatMap(Graph::asAttention).toList();
  }

  /// The convolutions over positions, in the order of execution.
  public List<Op.ShortConvolution> convolutions() {
    return ops.stream()
        .filter(Op.ShortConvolution.class::isInstance)
        .map(Op.ShortConvolution.class::cast)
        .toList();
  }

  private static Stream<Op.Attention> asAttention(Op op) {
    return op instanceof Op.Attention attention ? Stream.of(attention) : Stream.of();
  }

  /// One line per operation: `output = operation(inputs; weights; settings)`.
  @Override
  public String toString() {
    return ops.stream().map(Graph::line).collect(Collectors.joining("\n"));
  }

  private static String line(Op op) {
    String name = op.getClass().getSimpleName();
    String operands =
        Stream.of(
                op.inputs().stream().map(Value::name),
                op.weights().stream().map(Tensor::toString),
                settings(op))
            .flatMap(part -> part)
            .collect(Collectors.joining(", "));
    return "%s = %s(%s)"
        .formatted(
            op.output(), Character.toLowerCase(name.charAt(0)) + name.substring(1), operands);
  }

  private static Stream<String> settings(Op op) {
    return switch (op) {
      case Op.Given given -> Stream.of("from=" + given.from());
      case Op.Scale scale -> Stream.of("factor=" + scale.factor());
      case Op.Softcap softcap -> Stream.of("cap=" + softcap.cap());
      case Op.RmsNorm norm -> Stream.of("epsilon=" + norm.epsilon());
      case Op.LayerNorm norm -> Stream.of("epsilon=" + norm.epsilon());
      case Op.Rope rope -> Stream.of(rope.table().toString());
      case Op.Attention attention ->
          Stream.of("layer=" + attention.layer(), attention.spec().toString());
      case Op.Activate activate -> Stream.of(activate.activation().toString());
      case Op.GatedActivation gated -> Stream.of(gated.glu().toString());
      case Op.Clamp clamp -> Stream.of("limit=" + clamp.limit());
      case Op.Slice slice -> Stream.of("headSize=" + slice.headSize(), "from=" + slice.from());
      case Op.Concat concat -> Stream.of("heads=" + concat.headCount());
      case Op.MixHeads mix -> Stream.of("heads=" + mix.headCount());
      case Op.GaussianTopK top -> Stream.of("deviations=" + top.deviations());
      case Op.Xielu xielu -> Stream.of(xielu.parameters().toString());
      case Op.ShortConvolution convolution -> Stream.of("layer=" + convolution.layer());
      case Op.ScaleByPosition scale -> Stream.of(scale.temperature().toString());
      case Op.MixtureOfExperts experts -> Stream.of(experts.spec().toString());
      case Op.Embed _,
          Op.EmbedPosition _,
          Op.Linear _,
          Op.AddBias _,
          Op.Add _,
          Op.Multiply _,
          Op.HeadLinear _,
          Op.ScaleColumns _,
          Op.MatchLength _,
          Op.SelectOutputs _ ->
          Stream.of();
    };
  }
}
