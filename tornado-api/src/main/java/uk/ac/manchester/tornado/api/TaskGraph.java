package uk.ac.manchester.tornado.api;

import java.util.ArrayList;
import java.util.List;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task1;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task10;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task11;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task12;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task13;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task14;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task15;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task16;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task2;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task3;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task4;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task5;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task6;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task7;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task8;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task9;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/// Tasks in the order in which they run, and the copies before and after them.
public class TaskGraph {
  private final String name;
  private final List<Step> copiesIn = new ArrayList<>();
  private final List<KernelTask> tasks = new ArrayList<>();
  private final List<Step> copiesOut = new ArrayList<>();

  /// A graph without tasks.
  ///
  /// @param name with that of a task, what its code is kept by
  public TaskGraph(String name) {
    this.name = name;
  }

  /// What this graph is called.
  public String getTaskGraphName() {
    return name;
  }

  /// Copies arrays to the device before the tasks run.
  ///
  /// @param mode one of [uk.ac.manchester.tornado.api.enums.DataTransferMode]
  public TaskGraph transferToDevice(int mode, Object... objects) {
    for (TornadoNativeArray array : arrays(objects)) {
      copiesIn.add(new Step.ToDevice(array, mode));
    }
    return this;
  }

  /// Uses arrays as the graph of this name, which ran just before, left them on the device.
  public TaskGraph consumeFromDevice(String uniqueTaskGraphName, Object... objects) {
    for (TornadoNativeArray array : arrays(objects)) {
      copiesIn.add(new Step.Consume(array, uniqueTaskGraphName));
    }
    return this;
  }

  /// Leaves arrays on the device for the graph that runs next.
  public TaskGraph persistOnDevice(Object... objects) {
    for (TornadoNativeArray array : arrays(objects)) {
      copiesOut.add(new Step.Persist(array));
    }
    return this;
  }

  /// Copies arrays back after the tasks ran.
  ///
  /// @param mode one of [uk.ac.manchester.tornado.api.enums.DataTransferMode]
  public TaskGraph transferToHost(int mode, Object... objects) {
    for (TornadoNativeArray array : arrays(objects)) {
      copiesOut.add(new Step.ToHost(array, mode));
    }
    return this;
  }

  /// Ends the definition.
  public ImmutableTaskGraph snapshot() {
    return new ImmutableTaskGraph(
        name, List.copyOf(copiesIn), List.copyOf(tasks), List.copyOf(copiesOut));
  }

  private List<TornadoNativeArray> arrays(Object... objects) {
    List<TornadoNativeArray> arrays = new ArrayList<>();
    for (Object object : objects) {
      if (!(object instanceof TornadoNativeArray array)) {
        throw new IllegalArgumentException(
            "graph %s: expected arrays to copy, got %s"
                .formatted(name, object.getClass().getName()));
      }
      arrays.add(array);
    }
    return arrays;
  }

  private TaskGraph add(String id, Object code, KernelTask.Body body, Object... arguments) {
    if (tasks.stream().anyMatch(task -> task.id().equals(id))) {
      throw new IllegalArgumentException("graph %s: two tasks are called '%s'".formatted(name, id));
    }
    tasks.add(new KernelTask(id, code.getClass(), body, arguments));
    return this;
  }

  /// Adds a task.
  ///
  /// @param id unique in the graph
  @SuppressWarnings("unchecked")
  public <T1> TaskGraph task(String id, Task1<T1> code, T1 arg1) {
    return add(id, code, a -> code.apply((T1) a[0]), arg1);
  }

  /// Adds a task.
  ///
  /// @param id unique in the graph
  @SuppressWarnings("unchecked")
  public <T1, T2> TaskGraph task(String id, Task2<T1, T2> code, T1 arg1, T2 arg2) {
    return add(id, code, a -> code.apply((T1) a[0], (T2) a[1]), arg1, arg2);
  }

  /// Adds a task.
  ///
  /// @param id unique in the graph
  @SuppressWarnings("unchecked")
  public <T1, T2, T3> TaskGraph task(String id, Task3<T1, T2, T3> code, T1 arg1, T2 arg2, T3 arg3) {
    return add(id, code, a -> code.apply((T1) a[0], (T2) a[1], (T3) a[2]), arg1, arg2, arg3);
  }

  /// Adds a task.
  ///
  /// @param id unique in the graph
  @SuppressWarnings("unchecked")
  public <T1, T2, T3, T4> TaskGraph task(
      String id, Task4<T1, T2, T3, T4> code, T1 arg1, T2 arg2, T3 arg3, T4 arg4) {
    return add(
        id,
        code,
        a -> code.apply((T1) a[0], (T2) a[1], (T3) a[2], (T4) a[3]),
        arg1,
        arg2,
        arg3,
        arg4);
  }

  /// Adds a task.
  ///
  /// @param id unique in the graph
  @SuppressWarnings("unchecked")
  public <T1, T2, T3, T4, T5> TaskGraph task(
      String id, Task5<T1, T2, T3, T4, T5> code, T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5) {
    return add(
        id,
        code,
        a -> code.apply((T1) a[0], (T2) a[1], (T3) a[2], (T4) a[3], (T5) a[4]),
        arg1,
        arg2,
        arg3,
        arg4,
        arg5);
  }

  /// Adds a task.
  ///
  /// @param id unique in the graph
  @SuppressWarnings("unchecked")
  public <T1, T2, T3, T4, T5, T6> TaskGraph task(
      String id,
      Task6<T1, T2, T3, T4, T5, T6> code,
      T1 arg1,
      T2 arg2,
      T3 arg3,
      T4 arg4,
      T5 arg5,
      T6 arg6) {
    return add(
        id,
        code,
        a -> code.apply((T1) a[0], (T2) a[1], (T3) a[2], (T4) a[3], (T5) a[4], (T6) a[5]),
        arg1,
        arg2,
        arg3,
        arg4,
        arg5,
        arg6);
  }

  /// Adds a task.
  ///
  /// @param id unique in the graph
  @SuppressWarnings("unchecked")
  public <T1, T2, T3, T4, T5, T6, T7> TaskGraph task(
      String id,
      Task7<T1, T2, T3, T4, T5, T6, T7> code,
      T1 arg1,
      T2 arg2,
      T3 arg3,
      T4 arg4,
      T5 arg5,
      T6 arg6,
      T7 arg7) {
    return add(
        id,
        code,
        a ->
            code.apply((T1) a[0], (T2) a[1], (T3) a[2], (T4) a[3], (T5) a[4], (T6) a[5], (T7) a[6]),
        arg1,
        arg2,
        arg3,
        arg4,
        arg5,
        arg6,
        arg7);
  }

  /// Adds a task.
  ///
  /// @param id unique in the graph
  @SuppressWarnings("unchecked")
  public <T1, T2, T3, T4, T5, T6, T7, T8> TaskGraph task(
      String id,
      Task8<T1, T2, T3, T4, T5, T6, T7, T8> code,
      T1 arg1,
      T2 arg2,
      T3 arg3,
      T4 arg4,
      T5 arg5,
      T6 arg6,
      T7 arg7,
      T8 arg8) {
    return add(
        id,
        code,
        a ->
            code.apply(
                (T1) a[0], (T2) a[1], (T3) a[2], (T4) a[3], (T5) a[4], (T6) a[5], (T7) a[6],
                (T8) a[7]),
        arg1,
        arg2,
        arg3,
        arg4,
        arg5,
        arg6,
        arg7,
        arg8);
  }

  /// Adds a task.
  ///
  /// @param id unique in the graph
  @SuppressWarnings("unchecked")
  public <T1, T2, T3, T4, T5, T6, T7, T8, T9> TaskGraph task(
      String id,
      Task9<T1, T2, T3, T4, T5, T6, T7, T8, T9> code,
      T1 arg1,
      T2 arg2,
      T3 arg3,
      T4 arg4,
      T5 arg5,
      T6 arg6,
      T7 arg7,
      T8 arg8,
      T9 arg9) {
    return add(
        id,
        code,
        a ->
            code.apply(
                (T1) a[0], (T2) a[1], (T3) a[2], (T4) a[3], (T5) a[4], (T6) a[5], (T7) a[6],
                (T8) a[7], (T9) a[8]),
        arg1,
        arg2,
        arg3,
        arg4,
        arg5,
        arg6,
        arg7,
        arg8,
        arg9);
  }

  /// Adds a task.
  ///
  /// @param id unique in the graph
  @SuppressWarnings("unchecked")
  public <T1, T2, T3, T4, T5, T6, T7, T8, T9, T10> TaskGraph task(
      String id,
      Task10<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10> code,
      T1 arg1,
      T2 arg2,
      T3 arg3,
      T4 arg4,
      T5 arg5,
      T6 arg6,
      T7 arg7,
      T8 arg8,
      T9 arg9,
      T10 arg10) {
    return add(
        id,
        code,
        a ->
            code.apply(
                (T1) a[0],
                (T2) a[1],
                (T3) a[2],
                (T4) a[3],
                (T5) a[4],
                (T6) a[5],
                (T7) a[6],
                (T8) a[7],
                (T9) a[8],
                (T10) a[9]),
        arg1,
        arg2,
        arg3,
        arg4,
        arg5,
        arg6,
        arg7,
        arg8,
        arg9,
        arg10);
  }

  /// Adds a task.
  ///
  /// @param id unique in the graph
  @SuppressWarnings("unchecked")
  public <T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11> TaskGraph task(
      String id,
      Task11<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11> code,
      T1 arg1,
      T2 arg2,
      T3 arg3,
      T4 arg4,
      T5 arg5,
      T6 arg6,
      T7 arg7,
      T8 arg8,
      T9 arg9,
      T10 arg10,
      T11 arg11) {
    return add(
        id,
        code,
        a ->
            code.apply(
                (T1) a[0],
                (T2) a[1],
                (T3) a[2],
                (T4) a[3],
                (T5) a[4],
                (T6) a[5],
                (T7) a[6],
                (T8) a[7],
                (T9) a[8],
                (T10) a[9],
                (T11) a[10]),
        arg1,
        arg2,
        arg3,
        arg4,
        arg5,
        arg6,
        arg7,
        arg8,
        arg9,
        arg10,
        arg11);
  }

  /// Adds a task.
  ///
  /// @param id unique in the graph
  @SuppressWarnings("unchecked")
  public <T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12> TaskGraph task(
      String id,
      Task12<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12> code,
      T1 arg1,
      T2 arg2,
      T3 arg3,
      T4 arg4,
      T5 arg5,
      T6 arg6,
      T7 arg7,
      T8 arg8,
      T9 arg9,
      T10 arg10,
      T11 arg11,
      T12 arg12) {
    return add(
        id,
        code,
        a ->
            code.apply(
                (T1) a[0],
                (T2) a[1],
                (T3) a[2],
                (T4) a[3],
                (T5) a[4],
                (T6) a[5],
                (T7) a[6],
                (T8) a[7],
                (T9) a[8],
                (T10) a[9],
                (T11) a[10],
                (T12) a[11]),
        arg1,
        arg2,
        arg3,
        arg4,
        arg5,
        arg6,
        arg7,
        arg8,
        arg9,
        arg10,
        arg11,
        arg12);
  }

  /// Adds a task.
  ///
  /// @param id unique in the graph
  @SuppressWarnings("unchecked")
  public <T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13> TaskGraph task(
      String id,
      Task13<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13> code,
      T1 arg1,
      T2 arg2,
      T3 arg3,
      T4 arg4,
      T5 arg5,
      T6 arg6,
      T7 arg7,
      T8 arg8,
      T9 arg9,
      T10 arg10,
      T11 arg11,
      T12 arg12,
      T13 arg13) {
    return add(
        id,
        code,
        a ->
            code.apply(
                (T1) a[0],
                (T2) a[1],
                (T3) a[2],
                (T4) a[3],
                (T5) a[4],
                (T6) a[5],
                (T7) a[6],
                (T8) a[7],
                (T9) a[8],
                (T10) a[9],
                (T11) a[10],
                (T12) a[11],
                (T13) a[12]),
        arg1,
        arg2,
        arg3,
        arg4,
        arg5,
        arg6,
        arg7,
        arg8,
        arg9,
        arg10,
        arg11,
        arg12,
        arg13);
  }

  /// Adds a task.
  ///
  /// @param id unique in the graph
  @SuppressWarnings("unchecked")
  public <T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14> TaskGraph task(
      String id,
      Task14<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14> code,
      T1 arg1,
      T2 arg2,
      T3 arg3,
      T4 arg4,
      T5 arg5,
      T6 arg6,
      T7 arg7,
      T8 arg8,
      T9 arg9,
      T10 arg10,
      T11 arg11,
      T12 arg12,
      T13 arg13,
      T14 arg14) {
    return add(
        id,
        code,
        a ->
            code.apply(
                (T1) a[0],
                (T2) a[1],
                (T3) a[2],
                (T4) a[3],
                (T5) a[4],
                (T6) a[5],
                (T7) a[6],
                (T8) a[7],
                (T9) a[8],
                (T10) a[9],
                (T11) a[10],
                (T12) a[11],
                (T13) a[12],
                (T14) a[13]),
        arg1,
        arg2,
        arg3,
        arg4,
        arg5,
        arg6,
        arg7,
        arg8,
        arg9,
        arg10,
        arg11,
        arg12,
        arg13,
        arg14);
  }

  /// Adds a task.
  ///
  /// @param id unique in the graph
  @SuppressWarnings("unchecked")
  public <T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15> TaskGraph task(
      String id,
      Task15<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15> code,
      T1 arg1,
      T2 arg2,
      T3 arg3,
      T4 arg4,
      T5 arg5,
      T6 arg6,
      T7 arg7,
      T8 arg8,
      T9 arg9,
      T10 arg10,
      T11 arg11,
      T12 arg12,
      T13 arg13,
      T14 arg14,
      T15 arg15) {
    return add(
        id,
        code,
        a ->
            code.apply(
                (T1) a[0],
                (T2) a[1],
                (T3) a[2],
                (T4) a[3],
                (T5) a[4],
                (T6) a[5],
                (T7) a[6],
                (T8) a[7],
                (T9) a[8],
                (T10) a[9],
                (T11) a[10],
                (T12) a[11],
                (T13) a[12],
                (T14) a[13],
                (T15) a[14]),
        arg1,
        arg2,
        arg3,
        arg4,
        arg5,
        arg6,
        arg7,
        arg8,
        arg9,
        arg10,
        arg11,
        arg12,
        arg13,
        arg14,
        arg15);
  }

  /// Adds a task.
  ///
  /// @param id unique in the graph
  @SuppressWarnings("unchecked")
  public <T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15, T16> TaskGraph task(
      String id,
      Task16<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15, T16> code,
      T1 arg1,
      T2 arg2,
      T3 arg3,
      T4 arg4,
      T5 arg5,
      T6 arg6,
      T7 arg7,
      T8 arg8,
      T9 arg9,
      T10 arg10,
      T11 arg11,
      T12 arg12,
      T13 arg13,
      T14 arg14,
      T15 arg15,
      T16 arg16) {
    return add(
        id,
        code,
        a ->
            code.apply(
                (T1) a[0],
                (T2) a[1],
                (T3) a[2],
                (T4) a[3],
                (T5) a[4],
                (T6) a[5],
                (T7) a[6],
                (T8) a[7],
                (T9) a[8],
                (T10) a[9],
                (T11) a[10],
                (T12) a[11],
                (T13) a[12],
                (T14) a[13],
                (T15) a[14],
                (T16) a[15]),
        arg1,
        arg2,
        arg3,
        arg4,
        arg5,
        arg6,
        arg7,
        arg8,
        arg9,
        arg10,
        arg11,
        arg12,
        arg13,
        arg14,
        arg15,
        arg16);
  }
}
