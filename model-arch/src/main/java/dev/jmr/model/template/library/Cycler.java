package dev.jmr.model.template.library;

import dev.jmr.model.template.error.TemplateException;
import dev.jmr.model.template.limit.Budget;
import dev.jmr.model.template.value.Arguments;
import dev.jmr.model.template.value.Int;
import dev.jmr.model.template.value.None;
import dev.jmr.model.template.value.ObjectValue;
import dev.jmr.model.template.value.TupleValue;
import dev.jmr.model.template.value.Value;
import java.util.List;
import java.util.Optional;

/// What `cycler(…)` gives: `next()` goes through the items again and again.
final class Cycler implements ObjectValue {
  private final List<Value> items;
  private int position;

  Cycler(List<Value> items) {
    if (items.isEmpty()) {
      throw new TemplateException("cycler: at least one item has to be provided");
    }
    this.items = List.copyOf(items);
  }

  @Override
  public String typeName() {
    return "Cycler";
  }

  @Override
  public boolean callable() {
    return false;
  }

  @Override
  public Optional<Value> attribute(String name) {
    return switch (name) {
      case "current" -> Optional.of(items.get(position));
      case "items" -> Optional.of(TupleValue.copyOf(items));
      case "pos" -> Optional.of(Int.of(position));
      case "next" -> Optional.of(new Function(Builtin.of("next", "", (self, a) -> next())));
      case "reset" -> Optional.of(new Function(Builtin.of("reset", "", (self, a) -> reset())));
      default -> Optional.empty();
    };
  }

  private Value next() {
    Value item = items.get(position);
    position = (position + 1) % items.size();
    return item;
  }

  private Value reset() {
    position = 0;
    return None.NONE;
  }

  @Override
  public Value call(Arguments arguments, Budget budget) {
    throw new TemplateException("'Cycler' object is not callable; call its next()");
  }
}
