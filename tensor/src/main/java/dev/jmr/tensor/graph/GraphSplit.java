package dev.jmr.tensor.graph;

import dev.jmr.tensor.Tensor;
import dev.jmr.tensor.TensorException;
import dev.jmr.tensor.graph.Value.Rows;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A graph cut in two at the border of two blocks, so that each part can run on another backend.
///
/// Blocks are told by the names of weights, `blk.<n>.…`. What the second part reads of the first comes to it as
/// [Op.Given] values: in most models one, the residual stream. Everything that has a row per output is in the second
/// part. A layer that attends to the cache of a layer before the border appends to a cache of its own, the same things.
///
/// @param first run it with every token as an output; its result is what is given to `second`
/// @param second has the embedding and the result of the whole
public record GraphSplit(Graph first, Graph second) {
  private static final Pattern BLOCK = Pattern.compile("blk\\.(\\d{1,6})\\.");

  /// How many blocks `graph` has; 0 if its weights' names tell of none.
  public static int blockCount(Graph graph) {
    return graph.ops().stream()
        .map(GraphSplit::block)
        .flatMapToInt(OptionalInt::stream)
        .map(block -> block + 1)
        .max()
        .orElse(0);
  }

  /// Cuts `graph` before a block.
  ///
  /// @param block from 1 to [#blockCount] - 1
  /// @throws TensorException if there is no such block, or none before it
  public static GraphSplit before(Graph graph, int block) {
    int count = blockCount(graph);
    if (block < 1 || block >= count) {
      throw new TensorException(
          "graph split: expected a block from 1 to %d, got %d".formatted(count - 1, block));
    }
    List<Op> head = new ArrayList<>();
    List<Op> tail = new ArrayList<>();
    int border = border(graph.ops(), block);
    for (int i = 0; i < graph.ops().size(); i++) {
      Op op = graph.ops().get(i);
      (i < border && op.output().rows() == Rows.TOKENS ? head : tail).add(op);
    }
    List<Value> crossing = crossing(tail);
    Part second = new Part();
    crossing.forEach(second::give);
    tail.forEach(second::add);
    return new GraphSplit(first(head, crossing), second.graph(graph.embedding(), graph.result()));
  }

  /// The first operation of `block` that no operation of an earlier one follows.
  private static int border(List<Op> ops, int block) {
    int border = 0;
    for (int i = 0; i < ops.size(); i++) {
      if (block(ops.get(i)).orElse(block) < block) {
        border = i + 1;
      }
    }
    while (border < ops.size() && block(ops.get(border)).isEmpty()) {
      border++;
    }
    return border;
  }

  private static OptionalInt block(Op op) {
    for (Tensor weight : op.weights()) {
      Matcher matcher = BLOCK.matcher(weight.name());
      if (matcher.lookingAt()) {
        return OptionalInt.of(Integer.parseInt(matcher.group(1)));
      }
    }
    return OptionalInt.empty();
  }

  /// The values that `tail` reads but does not write, in the order in which they were written.
  private static List<Value> crossing(List<Op> tail) {
    Map<Integer, Value> read = new HashMap<>();
    tail.forEach(op -> op.inputs().forEach(value -> read.put(value.id(), value)));
    tail.forEach(op -> read.remove(op.output().id()));
    Set<Integer> ids = new TreeSet<>(read.keySet());
    return ids.stream().flatMap(id -> Optional.ofNullable(read.get(id)).stream()).toList();
  }

  /// The head of the graph, whose result is all of `crossing` side by side.
  private static Graph first(List<Op> head, List<Value> crossing) {
    Part part = new Part();
    head.forEach(part::add);
    Value joined = part.known(crossing.getFirst());
    for (Value value : crossing.subList(1, crossing.size())) {
      joined = part.join(joined, part.known(value));
    }
    Value result = part.select(joined);
    return new Graph(part.ops, part.values, result, result);
  }

  /// A graph in the making, with values of its own.
  private static final class Part {
    private final List<Op> ops = new ArrayList<>();
    private final List<Value> values = new ArrayList<>();

    /// What stands for a value of the whole graph.
    private final Map<Value, Value> known = new HashMap<>();

    private int given;

    Value known(Value value) {
      Value here = known.get(value);
      if (here == null) {
        throw new TensorException("graph: expected %s to be written first".formatted(value));
      }
      return here;
    }

    void add(Op op) {
      Value output = next(op.output().name(), op.output().rows(), op.output().width());
      ops.add(op.on(value -> value.equals(op.output()) ? output : known(value)));
      known.put(op.output(), output);
    }

    void give(Value value) {
      Value output = next(value.name(), Rows.TOKENS, value.width());
      ops.add(new Op.Given(given, output));
      given += value.width();
      known.put(value, output);
    }

    Value join(Value left, Value right) {
      Value output = next("border", Rows.TOKENS, left.width() + right.width());
      ops.add(new Op.Concat(left, right, 1, output));
      return output;
    }

    Value select(Value value) {
      Value output = next(value.name() + ".outputs", Rows.OUTPUTS, value.width());
      ops.add(new Op.SelectOutputs(value, output));
      return output;
    }

    Graph graph(Value embedding, Value result) {
      return new Graph(ops, values, known(embedding), known(result));
    }

    private Value next(String name, Rows rows, int width) {
      Value value = new Value(values.size(), name, rows, width);
      values.add(value);
      return value;
    }
  }
}
