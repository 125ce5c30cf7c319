package uk.ac.manchester.tornado.api;

import java.util.List;

/// A graph that is ready to run.
public class ImmutableTaskGraph {
  private final String name;
  private final List<Step> copiesIn;
  private final List<KernelTask> tasks;
  private final List<Step> copiesOut;

  ImmutableTaskGraph(
      String name, List<Step> copiesIn, List<KernelTask> tasks, List<Step> copiesOut) {
    this.name = name;
    this.copiesIn = copiesIn;
    this.tasks = tasks;
    this.copiesOut = copiesOut;
  }

  String name() {
    return name;
  }

  List<Step> copiesIn() {
    return copiesIn;
  }

  List<KernelTask> tasks() {
    return tasks;
  }

  List<Step> copiesOut() {
    return copiesOut;
  }
}
