package dev.jmr.model.template.render;

import dev.jmr.model.template.value.Value;

/// A compiled target of an assignment.
@FunctionalInterface
interface Assigner {
  void assign(Frame frame, Value value);
}
