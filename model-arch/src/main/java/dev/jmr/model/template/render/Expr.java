package dev.jmr.model.template.render;

import dev.jmr.model.template.value.Value;

/// A compiled expression.
@FunctionalInterface
interface Expr {
  Value evaluate(Frame frame);
}
