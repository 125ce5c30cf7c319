package dev.jmr.model.template.value;

import dev.jmr.model.template.error.TemplateException;
import dev.jmr.model.template.limit.Budget;
import java.math.BigDecimal;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Python's `==`, `<` and `in`.
public final class Comparison {
  private Comparison() {}

  /// Python's `a == b`.
  public static boolean equal(Value a, Value b, Budget budget) {
    return equal(a, b, budget, 0);
  }

  private static boolean equal(Value a, Value b, Budget budget, int depth) {
    budget.depth(depth);
    budget.work(1);
    return switch (a) {
      case ListValue x -> b instanceof ListValue y && equalAll(x, y, budget, depth);
      case TupleValue x -> b instanceof TupleValue y && equalAll(x, y, budget, depth);
      case RangeValue x -> b instanceof RangeValue y && equalAll(x, y, budget, depth);
      case DictValue x -> b instanceof DictValue y && equalEntries(x, y, budget, depth);
      case ViewValue x ->
          b instanceof ViewValue y && x.part() != ViewValue.Part.VALUES && equalViews(x, y, budget);
      default -> a.equals(b);
    };
  }

  private static boolean equalAll(Sequence a, Sequence b, Budget budget, int depth) {
    if (a.size() != b.size()) {
      return false;
    }
    for (int i = 0; i < a.size(); i++) {
      if (!equal(a.get(i), b.get(i), budget, depth + 1)) {
        return false;
      }
    }
    return true;
  }

  private static boolean equalEntries(DictValue a, DictValue b, Budget budget, int depth) {
    if (a.size() != b.size()) {
      return false;
    }
    for (Map.Entry<Value, Value> entry : a.entries().entrySet()) {
      Value other = b.entries().get(entry.getKey());
      if (other == null || !equal(entry.getValue(), other, budget, depth + 1)) {
        return false;
      }
    }
    return true;
  }

  private static boolean equalViews(ViewValue a, ViewValue b, Budget budget) {
    return a.part() == b.part()
        && a.dict().size() == b.dict().size()
        && a.elements().stream().allMatch(element -> contains(b, element, budget));
  }

  /// Negative, zero or positive as `a` is less than, equal to or greater than `b`; empty where one of them is NaN.
  ///
  /// @param operator for the error message
  /// @throws TemplateException if the types have no order
  public static Optional<Integer> order(Value a, Value b, String operator, Budget budget) {
    budget.work(1);
    if (a instanceof Undefined u) {
      throw u.failure();
    } else if (b instanceof Undefined u) {
      throw u.failure();
    }
    if (a instanceof Str x && b instanceof Str y) {
      return Optional.of(compare(x, y));
    } else if ((a instanceof ListValue && b instanceof ListValue)
        || (a instanceof TupleValue && b instanceof TupleValue)) {
      return orderAll((Sequence) a, (Sequence) b, operator, budget);
    } else if (Numbers.isNumber(a) && Numbers.isNumber(b)) {
      return orderNumbers(a, b);
    }
    throw new TemplateException(
        "'%s' not supported between instances of '%s' and '%s'"
            .formatted(operator, a.typeName(), b.typeName()));
  }

  private static Optional<Integer> orderNumbers(Value a, Value b) {
    if (!(a instanceof Real) && !(b instanceof Real)) {
      return Optional.of(Numbers.toInt(a).compare(Numbers.toInt(b)));
    }
    double x = Numbers.toDouble(a);
    double y = Numbers.toDouble(b);
    if (Double.isNaN(x) || Double.isNaN(y)) {
      return Optional.empty();
    }
    if (x == y && Double.isFinite(x)) {
      return Optional.of(exact(a).compareTo(exact(b)));
    }
    return Optional.of(x < y ? -1 : x > y ? 1 : 0);
  }

  private static BigDecimal exact(Value number) {
    return number instanceof Real r
        ? new BigDecimal(r.value())
        : new BigDecimal(Numbers.toInt(number).asBigInteger());
  }

  private static Optional<Integer> orderAll(
      Sequence a, Sequence b, String operator, Budget budget) {
    for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
      if (!equal(a.get(i), b.get(i), budget)) {
        return order(a.get(i), b.get(i), operator, budget);
      }
    }
    return Optional.of(Integer.compare(a.size(), b.size()));
  }

  /// By code points, where `String.compareTo` goes by UTF-16 units.
  public static int compare(Str a, Str b) {
    if (a.isBasic() && b.isBasic()) {
      return a.text().compareTo(b.text());
    }
    int[] x = a.text().codePoints().toArray();
    int[] y = b.text().codePoints().toArray();
    return java.util.Arrays.compare(x, y);
  }

  /// Python's `element in container`.
  public static boolean contains(Value container, Value element, Budget budget) {
    return switch (container) {
      case Str text -> {
        if (!(element instanceof Str part)) {
          if (element instanceof Undefined u) {
            throw u.failure();
          }
          throw new TemplateException(
              "'in <string>' requires string as left operand, not " + element.typeName());
        }
        budget.work(text.text().length() >> 4);
        yield TextSearch.indexOf(text.text(), part.text(), 0) >= 0;
      }
      case DictValue dict -> dict.get(element).isPresent();
      case ViewValue view -> among(view.elements().iterator(), element, budget);
      case Sequence sequence -> among(Iteration.of(sequence), element, budget);
      case StreamValue stream -> among(stream.elements(), element, budget);
      case Undefined u -> false;
      default ->
          throw new TemplateException(
              "argument of type '" + container.typeName() + "' is not iterable");
    };
  }

  private static boolean among(Iterator<Value> elements, Value sought, Budget budget) {
    while (elements.hasNext()) {
      if (equal(elements.next(), sought, budget)) {
        return true;
      }
    }
    return false;
  }

  /// The index of the first element that equals `sought`, or -1.
  public static int indexOf(List<Value> elements, Value sought, Budget budget) {
    for (int i = 0; i < elements.size(); i++) {
      if (equal(elements.get(i), sought, budget)) {
        return i;
      }
    }
    return -1;
  }
}
