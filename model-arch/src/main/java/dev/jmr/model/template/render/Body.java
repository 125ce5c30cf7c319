package dev.jmr.model.template.render;

/// Statements one after the other.
record Body(Node[] nodes) implements Node {
  @Override
  public Flow render(Frame frame, Output out) {
    for (Node node : nodes) {
      Flow flow = node.render(frame, out);
      if (flow != Flow.NEXT) {
        return flow;
      }
    }
    return Flow.NEXT;
  }
}
