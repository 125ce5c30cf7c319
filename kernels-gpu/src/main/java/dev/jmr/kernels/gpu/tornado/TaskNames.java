package dev.jmr.kernels.gpu.tornado;

import dev.jmr.tensor.Tensor;
import dev.jmr.tensor.backend.MemoryPlan;
import dev.jmr.tensor.graph.Op;
import dev.jmr.tensor.graph.Value;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Names tasks after what they compute, so that tasks of different blocks have the same name where they differ in nothing but
/// their arrays: TornadoVM makes numbers that a kernel is given parts of its code, and keeps code by its task's name.
final class TaskNames {
  /// A component of operations that chooses arrays only.
  private static final String LAYER = "layer";

  private final MemoryPlan plan;
  private final Map<String, Integer> kinds = new HashMap<>();
  private int kind;
  private int count;

  TaskNames(MemoryPlan plan) {
    this.plan = plan;
  }

  /// What follows are the tasks of this operation.
  void begin(Op op) {
    kind = kinds.computeIfAbsent(text(op), _ -> kinds.size());
    count = 0;
  }

  /// The name of the operation's next task.
  ///
  /// @param what a word for people
  String next(String what) {
    return "%s%d_%d".formatted(what, kind, count++);
  }

  private String text(Object part) {
    return switch (part) {
      case Value value -> "%d %s %d".formatted(plan.offset(value), value.rows(), value.width());
      case Tensor tensor -> tensor.type() + " " + tensor.shape();
      case Optional<?> optional -> optional.map(this::text).orElse("none");
      case Collection<?> all ->
          all.stream().map(this::text).collect(Collectors.joining(" ", "[", "]"));
      case Record of -> text(of);
      default -> part.toString();
    };
  }

  private String text(Record of) {
    StringBuilder text = new StringBuilder(of.getClass().getSimpleName());
    for (RecordComponent component : of.getClass().getRecordComponents()) {
      if (!component.getName().equals(LAYER)) {
        try {
          text.append(' ').append(text(component.getAccessor().invoke(of)));
        } catch (ReflectiveOperationException e) {
          throw new IllegalStateException(e);
        }
      }
    }
    return text.toString();
  }
}
