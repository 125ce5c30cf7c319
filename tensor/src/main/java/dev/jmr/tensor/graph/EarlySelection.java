package dev.jmr.tensor.graph;

import dev.jmr.tensor.TensorException;
import dev.jmr.tensor.graph.Value.Rows;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Moves the selection of output rows to where rows stop depending on each other: after the last attention.
///
/// Architectures select where it reads best, before the last norm. What follows the last attention, a whole feed-forward
/// layer, would then be computed for every token of a prompt, though only the last one's is asked for.
final class EarlySelection {
  private final Graph graph;
  private final List<Op> ops = new ArrayList<>();
  private final List<Value> values = new ArrayList<>();

  /// What stands for a value of the old graph.
  private final Map<Value, Value> successors = new HashMap<>();

  /// The selected rows of a value of the old graph.
  private final Map<Value, Value> selections = new HashMap<>();

  private EarlySelection(Graph graph) {
    this.graph = graph;
  }

  /// The graph with its selection as early as can be; the graph itself if it has none.
  static Graph of(Graph graph) {
    return graph.ops().stream().anyMatch(Op.SelectOutputs.class::isInstance)
        ? new EarlySelection(graph).rewritten()
        : graph;
  }

  private Graph rewritten() {
    Set<Value> outputsOnly = outputsOnly();
    for (Op op : graph.ops()) {
      if (op instanceof Op.SelectOutputs select) {
        successors.put(select.output(), selected(select.input()));
      } else if (outputsOnly.contains(op.output())) {
        op.inputs().forEach(this::selected);
        add(op.on(value -> value.equals(op.output()) ? outputRows(value) : selected(value)));
        selections.put(op.output(), values.getLast());
      } else {
        add(op.on(value -> value.equals(op.output()) ? renumbered(value) : successor(value)));
        successors.put(op.output(), values.getLast());
      }
    }
    return new Graph(ops, values, successor(graph.embedding()), successor(graph.result()));
  }

  /// The values of which only the selected rows are ever read, and whose rows depend on no others.
  private Set<Value> outputsOnly() {
    Set<Value> readElsewhere = new HashSet<>();
    Set<Value> found = new HashSet<>();
    for (Op op : graph.ops().reversed()) {
      if (op instanceof Op.SelectOutputs) {
        continue;
      }
      boolean selectable = op.output().rows() == Rows.TOKENS && isRowWise(op);
      if (selectable && !readElsewhere.contains(op.output())) {
        found.add(op.output());
      } else {
        readElsewhere.addAll(op.inputs());
      }
    }
    return found;
  }

  /// Whether each row of the result depends on the same row of the inputs and on nothing else of the batch.
  private static boolean isRowWise(Op op) {
    return switch (op) {
      case Op.Linear _,
          Op.AddBias _,
          Op.Add _,
          Op.Scale _,
          Op.Softcap _,
          Op.RmsNorm _,
          Op.LayerNorm _,
          Op.Activate _,
          Op.GatedActivation _,
          Op.MixtureOfExperts _,
          Op.Multiply _,
          Op.Clamp _,
          Op.Slice _,
          Op.Concat _,
          Op.HeadLinear _,
          Op.ScaleColumns _,
          Op.MatchLength _,
          Op.MixHeads _,
          Op.GaussianTopK _,
          Op.Xielu _ ->
          true;
      case Op.Embed _,
          Op.EmbedPosition _,
          Op.Given _,
          Op.Rope _,
          Op.Attention _,
          Op.ShortConvolution _,
          Op.ScaleByPosition _,
          Op.SelectOutputs _ ->
          false;
    };
  }

  private Value selected(Value value) {
    Value known = selections.get(value);
    if (known != null) {
      return known;
    }
    Value whole = successor(value);
    String name = value.name() + ".outputs";
    Value rows = new Value(values.size(), name, Rows.OUTPUTS, value.width());
    add(new Op.SelectOutputs(whole, rows));
    selections.put(value, rows);
    return rows;
  }

  private Value successor(Value value) {
    Value known = successors.get(value);
    if (known == null) {
      throw new TensorException("graph: expected %s to be written first".formatted(value));
    }
    return known;
  }

  private Value outputRows(Value value) {
    return new Value(values.size(), value.name(), Rows.OUTPUTS, value.width());
  }

  private Value renumbered(Value value) {
    return new Value(values.size(), value.name(), value.rows(), value.width());
  }

  private void add(Op op) {
    ops.add(op);
    values.add(op.output());
  }
}
