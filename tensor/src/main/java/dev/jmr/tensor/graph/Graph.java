package dev.jmr.tensor.graph;

import dev.jmr.tensor.Tensor;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The operations of one forward pass in the order in which they can be executed. Immutable; made by [GraphBuilder].
///
/// @param ops each reads only values that an earlier one wrote
/// @param values all values by id
/// @param result the logits: `[outputs, V]`
public record Graph(List<Op> ops, List<Value> values, Value result) {
  public Graph {
    ops = List.copyOf(ops);
    values = List.copyOf(values);
  }

  /// Every weight that is read, once each, in the order of first use.
  public List<Tensor> weights() {
    return ops.stream().flatMap(op -> op.weights().stream()).distinct().toList();
  }

  /// How many token ids the graph can embed: those from 0 up to this number.
  public int vocabularySize() {
    return ops.stream()
        .flatMap(op -> op instanceof Op.Embed embed ? Stream.of(embed.weight()) : Stream.of())
        .mapToInt(weight -> Math.toIntExact(weight.shape().axis(0)))
        .min()
        .orElse(result.width());
  }

  /// The attention operations, in the order of execution.
  public List<Op.Attention> attentions() {
    return ops.stream().flatMap(Graph::asAttention).toList();
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
      case Op.RmsNorm norm -> Stream.of("epsilon=" + norm.epsilon());
      case Op.Rope rope -> Stream.of(rope.table().toString());
      case Op.Attention attention ->
          Stream.of("layer=" + attention.layer(), attention.spec().toString());
      case Op.GatedActivation gated -> Stream.of(gated.glu().toString());
      case Op.MixtureOfExperts experts -> Stream.of(experts.spec().toString());
      case Op.Embed _, Op.Linear _, Op.AddBias _, Op.Add _, Op.SelectOutputs _ -> Stream.of();
    };
  }
}
