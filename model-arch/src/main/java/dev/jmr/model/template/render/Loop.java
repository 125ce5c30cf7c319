package dev.jmr.model.template.render;

import dev.jmr.model.template.error.TemplateException;
import dev.jmr.model.template.limit.Budget;
import dev.jmr.model.template.value.Arguments;
import dev.jmr.model.template.value.Bool;
import dev.jmr.model.template.value.Comparison;
import dev.jmr.model.template.value.Int;
import dev.jmr.model.template.value.Iteration;
import dev.jmr.model.template.value.Nearest;
import dev.jmr.model.template.value.ObjectValue;
import dev.jmr.model.template.value.TupleValue;
import dev.jmr.model.template.value.Undefined;
import dev.jmr.model.template.value.Value;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The variable `loop`. Elements are read one by one; what is asked of it decides how far it looks ahead.
final class Loop implements ObjectValue {
  private static final List<String> ATTRIBUTES =
      List.of(
          "index",
          "index0",
          "revindex",
          "revindex0",
          "first",
          "last",
          "length",
          "cycle",
          "changed",
          "previtem",
          "nextitem",
          "depth",
          "depth0");

  /// What `loop(elements)` does in a recursive loop.
  interface Recursion {
    Value render(Value elements, int depth, Budget budget);
  }

  private final int depth;
  private final Optional<Recursion> recursion;
  private final Budget budget;
  private Iterator<Value> elements;
  private int length;
  private int index = -1;
  private @Nullable Value previous;
  private @Nullable Value current;
  private @Nullable Value next;
  private @Nullable Value changed;

  /// @param length of the elements, or -1 if it is not known
  Loop(
      Iterator<Value> elements,
      int length,
      int depth,
      Optional<Recursion> recursion,
      Budget budget) {
    this.elements = elements;
    this.length = length;
    this.depth = depth;
    this.recursion = recursion;
    this.budget = budget;
  }

  /// The next element, which becomes the current one; null if there is none.
  @Nullable Value advance() {
    Value element = peek();
    if (element != null) {
      budget.iteration();
      previous = current;
      current = element;
      next = null;
      index++;
    }
    return element;
  }

  private @Nullable Value peek() {
    if (next == null && elements.hasNext()) {
      next = elements.next();
    }
    return next;
  }

  private int length() {
    if (length < 0) {
      List<Value> rest = new ArrayList<>();
      while (elements.hasNext()) {
        budget.iteration();
        rest.add(elements.next());
      }
      elements = rest.iterator();
      length = index + 1 + (next == null ? 0 : 1) + rest.size();
    }
    return length;
  }

  @Override
  public String typeName() {
    return "LoopContext";
  }

  @Override
  public Optional<Value> attribute(String name) {
    return switch (name) {
      case "index" -> Optional.of(Int.of(index + 1));
      case "index0" -> Optional.of(Int.of(index));
      case "revindex" -> Optional.of(Int.of(length() - index));
      case "revindex0" -> Optional.of(Int.of(length() - index - 1));
      case "first" -> Optional.of(Bool.of(index == 0));
      case "last" -> Optional.of(Bool.of(peek() == null));
      case "length" -> Optional.of(Int.of(length()));
      case "depth" -> Optional.of(Int.of(depth + 1));
      case "depth0" -> Optional.of(Int.of(depth));
      case "previtem" -> Optional.of(or(previous, "there is no previous item"));
      case "nextitem" -> Optional.of(or(peek(), "there is no next item"));
      case "cycle" -> Optional.of(new LoopMethod(this::cycle));
      case "changed" -> Optional.of(new LoopMethod(this::changed));
      default ->
          Optional.of(
              new Undefined(
                  "'loop' has no attribute '" + name + "'" + Nearest.hint(name, ATTRIBUTES)));
    };
  }

  private static Value or(@Nullable Value value, String absent) {
    return value == null ? new Undefined(absent) : value;
  }

  private Value cycle(Arguments arguments) {
    List<Value> values = arguments.positional();
    if (values.isEmpty()) {
      throw new TemplateException("no items for cycling given");
    }
    return values.get(Math.max(index, 0) % values.size());
  }

  private Value changed(Arguments arguments) {
    Value values = TupleValue.copyOf(arguments.positional());
    boolean differs = changed == null || !Comparison.equal(changed, values, budget);
    changed = values;
    return Bool.of(differs);
  }

  @Override
  public Value call(Arguments arguments, Budget budget) {
    if (recursion.isEmpty()) {
      throw new TemplateException(
          "the loop must have the 'recursive' marker to be called recursively");
    } else if (arguments.positional().size() != 1) {
      throw new TemplateException(
          "loop: expected 1 argument, got " + arguments.positional().size());
    }
    return recursion.get().render(arguments.positional().getFirst(), depth + 1, budget);
  }

  /// What `len(elements)` is, or -1.
  static int length(Value elements) {
    return Iteration.size(elements).orElse(-1);
  }

  private record LoopMethod(Function<Arguments, Value> body) implements ObjectValue {
    @Override
    public String typeName() {
      return "method";
    }

    @Override
    public Value call(Arguments arguments, Budget budget) {
      return body.apply(arguments);
    }
  }
}
