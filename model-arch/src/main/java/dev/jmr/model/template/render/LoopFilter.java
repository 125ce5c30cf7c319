package dev.jmr.model.template.render;

import dev.jmr.model.template.value.Value;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/// The `if` of a loop. It has variables of its own, as it may look at elements ahead of the body.
record LoopFilter(Assigner target, Expr condition) {
  /// The elements for which the condition holds, found when they are asked for.
  Iterator<Value> of(Iterator<Value> elements, Frame frame) {
    return new Iterator<>() {
      private @Nullable Value next;

      @Override
      public boolean hasNext() {
        while (next == null && elements.hasNext()) {
          frame.budget().iteration();
          Value candidate = elements.next();
          target.assign(frame, candidate);
          if (condition.evaluate(frame).truthy()) {
            next = candidate;
          }
        }
        return next != null;
      }

      @Override
      public Value next() {
        Value value = hasNext() ? next : null;
        if (value == null) {
          throw new NoSuchElementException();
        }
        next = null;
        return value;
      }
    };
  }
}
