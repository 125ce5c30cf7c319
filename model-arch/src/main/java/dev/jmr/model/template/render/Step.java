package dev.jmr.model.template.render;

import dev.jmr.model.template.value.Value;

/// A compiled postfix: an attribute, item, slice, call, filter or test.
@FunctionalInterface
interface Step {
  Value apply(Value subject, Frame frame);
}
