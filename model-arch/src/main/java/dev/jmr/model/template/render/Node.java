package dev.jmr.model.template.render;

/// A compiled statement.
@FunctionalInterface
interface Node {
  /// What comes behind a statement.
  enum Flow {
    NEXT,
    BREAK,
    CONTINUE
  }

  Flow render(Frame frame, Output out);
}
