package dev.jmr.kernels.gpu.tornado;

import java.lang.System.Logger.Level;
import java.lang.reflect.Field;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import uk.ac.manchester.tornado.api.ImmutableTaskGraph;

/// Has TornadoVM's OpenCL driver take the code of tasks from its cache, as its other drivers do. It has such a cache, and each
/// task a mark that keeps it from being asked, which nothing in the API takes away. Where it cannot be taken away, as in
/// versions to come, each task is compiled: that takes longer and changes nothing else.
final class CodeReuse {
  private static final System.Logger LOG = System.getLogger(CodeReuse.class.getName());

  private final Set<Object> compiled = new HashSet<>();
  private boolean possible = true;

  /// Lets tasks that have the same names as those of earlier graphs use their code.
  void allow(ImmutableTaskGraph graph) {
    if (!possible) {
      return;
    }
    try {
      for (Object task : tasks(graph)) {
        if (!compiled.add(task.getClass().getMethod("getId").invoke(task))) {
          field(task, "shouldCompile").setBoolean(task, false);
        }
      }
    } catch (ReflectiveOperationException | RuntimeException e) {
      possible = false;
      LOG.log(Level.DEBUG, "each task is compiled: {0}", e.toString());
    }
  }

  private static Collection<?> tasks(ImmutableTaskGraph graph) throws ReflectiveOperationException {
    Object inner = graph;
    for (String name : List.of("taskGraph", "taskGraphImpl", "executionContext", "tasks")) {
      inner = field(inner, name).get(inner);
    }
    return (Collection<?>) inner;
  }

  private static Field field(Object of, String name) throws NoSuchFieldException {
    for (Class<?> type = of.getClass(); type != null; type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (field.getName().equals(name)) {
          field.setAccessible(true);
          return field;
        }
      }
    }
    throw new NoSuchFieldException(name);
  }
}
