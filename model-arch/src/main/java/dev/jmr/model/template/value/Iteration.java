package dev.jmr.model.template.value;

import dev.jmr.model.template.error.TemplateException;
import dev.jmr.model.template.limit.Budget;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.OptionalInt;

/// Going through the elements of a value, and counting them.
public final class Iteration {
  private Iteration() {}

  /// Python's `iter`. A list that grows meanwhile gives the new elements too.
  public static Iterator<Value> of(Value value) {
    return switch (value) {
      case Sequence sequence -> new Indexed(sequence);
      case Str text -> characters(text).iterator();
      case DictValue dict -> List.copyOf(dict.entries().keySet()).iterator();
      case ViewValue view -> view.elements().iterator();
      case StreamValue stream -> stream.elements();
      case Undefined u -> Collections.emptyIterator();
      case None n -> throw notIterable(value);
      case Bool b -> throw notIterable(value);
      case Int i -> throw notIterable(value);
      case Real r -> throw notIterable(value);
      case NamespaceValue n -> throw notIterable(value);
      case ObjectValue o -> throw notIterable(value);
    };
  }

  /// Python's `list(value)`: a new list.
  public static List<Value> toList(Value value, Budget budget) {
    List<Value> list = new ArrayList<>();
    size(value).ifPresent(budget::elements);
    for (Iterator<Value> elements = of(value); elements.hasNext(); ) {
      budget.work(1);
      list.add(elements.next());
    }
    return list;
  }

  /// Python's `len(value)`, if it has one.
  public static OptionalInt size(Value value) {
    return switch (value) {
      case Sequence sequence -> OptionalInt.of(sequence.size());
      case Str text -> OptionalInt.of(text.length());
      case DictValue dict -> OptionalInt.of(dict.size());
      case ViewValue view -> OptionalInt.of(view.dict().size());
      case Undefined u -> OptionalInt.of(0);
      case None n -> OptionalInt.empty();
      case Bool b -> OptionalInt.empty();
      case Int i -> OptionalInt.empty();
      case Real r -> OptionalInt.empty();
      case StreamValue s -> OptionalInt.empty();
      case NamespaceValue n -> OptionalInt.empty();
      case ObjectValue o -> OptionalInt.empty();
    };
  }

  /// Python's `len(value)`.
  public static int length(Value value) {
    return size(value)
        .orElseThrow(
            () -> new TemplateException("object of type '" + value.typeName() + "' has no len()"));
  }

  private static List<Value> characters(Str text) {
    List<Value> characters = new ArrayList<>(text.length());
    text.text().codePoints().forEach(c -> characters.add(Str.of(Character.toString(c))));
    return characters;
  }

  private static TemplateException notIterable(Value value) {
    return new TemplateException("'" + value.typeName() + "' object is not iterable");
  }

  private static final class Indexed implements Iterator<Value> {
    private final Sequence sequence;
    private int next;

    Indexed(Sequence sequence) {
      this.sequence = sequence;
    }

    @Override
    public boolean hasNext() {
      return next < sequence.size();
    }

    @Override
    public Value next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return sequence.get(next++);
    }
  }
}
