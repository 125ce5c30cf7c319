package dev.jmr.model.template.render;

import dev.jmr.model.template.error.TemplateException;
import dev.jmr.model.template.limit.Budget;
import dev.jmr.model.template.syntax.Position;
import dev.jmr.model.template.value.Iteration;
import dev.jmr.model.template.value.Value;
import java.util.Iterator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A loop.
///
/// @param frameSlots of the frame that each level of a recursive loop has; 0 if the loop is not recursive
/// @param slot of the variable `loop`
/// @param scope the slots of the body's scope
record ForNode(
    Expr elements,
    Optional<LoopFilter> filter,
    Assigner target,
    Node body,
    Node otherwise,
    int frameSlots,
    int slot,
    int[] scope,
    int height,
    Position position)
    implements Node {
  @Override
  public Flow render(Frame frame, Output out) {
    return render(elements.evaluate(frame), 0, frame, out);
  }

  private Flow render(Value sequence, int depth, Frame outer, Output out) {
    Budget budget = outer.budget();
    Frame frame = frameSlots == 0 ? outer : new Frame(frameSlots, outer, budget);
    Loop loop = loop(sequence, depth, outer);
    // As in Jinja2, a round that ends early does not count.
    boolean ran = false;
    while (true) {
      Value element = advance(loop);
      if (element == null) {
        break;
      }
      frame.clear(scope);
      frame.set(slot, loop);
      assign(element, frame);
      Flow flow = body.render(frame, out);
      if (flow == Flow.BREAK) {
        break;
      }
      ran |= flow == Flow.NEXT;
    }
    return ran ? Flow.NEXT : otherwise.render(outer, out);
  }

  private @Nullable Value advance(Loop loop) {
    try {
      return loop.advance();
    } catch (TemplateException e) {
      throw position.of(e);
    }
  }

  private void assign(Value element, Frame frame) {
    try {
      target.assign(frame, element);
    } catch (TemplateException e) {
      throw position.of(e);
    }
  }

  private Loop loop(Value sequence, int depth, Frame outer) {
    Optional<Loop.Recursion> recursion =
        frameSlots == 0 ? Optional.empty() : Optional.of((e, d, b) -> level(e, d, outer, b));
    try {
      Iterator<Value> iterator = Iteration.of(sequence);
      return filter.isPresent()
          ? new Loop(filter.get().of(iterator, outer), -1, depth, recursion, outer.budget())
          : new Loop(iterator, Loop.length(sequence), depth, recursion, outer.budget());
    } catch (TemplateException e) {
      throw position.of(e);
    }
  }

  /// One level of a recursive loop further in, as text.
  private Value level(Value sequence, int depth, Frame outer, Budget budget) {
    budget.enter(height);
    Output out = new Output(budget);
    render(sequence, depth, outer, out);
    budget.leave(height);
    return out.toStr();
  }
}
