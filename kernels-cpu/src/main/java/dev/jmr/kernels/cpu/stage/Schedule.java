package dev.jmr.kernels.cpu.stage;

import dev.jmr.tensor.graph.Graph;
import dev.jmr.tensor.graph.Op;
import java.util.ArrayList;
import java.util.List;

/// The order in which a graph's operations are executed.
final class Schedule {
  private Schedule() {}

  /// Moves matmuls of one value next to the first of them, so that they can share a stage: query, key and value
  /// projections stand apart in a graph whose ropes come in between.
  static Graph groupLinears(Graph graph) {
    List<Op> waiting = new ArrayList<>(graph.ops());
    List<Op> ordered = new ArrayList<>();
    while (!waiting.isEmpty()) {
      Op op = waiting.removeFirst();
      ordered.add(op);
      if (op instanceof Op.Linear first) {
        for (Op later : List.copyOf(waiting)) {
          if (later instanceof Op.Linear linear && linear.input().equals(first.input())) {
            ordered.add(linear);
            waiting.remove(linear);
          }
        }
      }
    }
    return new Graph(ordered, graph.values(), graph.embedding(), graph.result());
  }
}
