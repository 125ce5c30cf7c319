package dev.jmr.model.template.library;

import dev.jmr.model.template.value.Arithmetic;
import dev.jmr.model.template.value.Bool;
import dev.jmr.model.template.value.Comparison;
import dev.jmr.model.template.value.Int;
import dev.jmr.model.template.value.None;
import dev.jmr.model.template.value.Real;
import dev.jmr.model.template.value.Repr;
import dev.jmr.model.template.value.Str;
import dev.jmr.model.template.value.Undefined;
import dev.jmr.model.template.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/// Tests that compare the value with something.
final class ComparisonTests {
  static final List<Builtin> ALL = all();

  private ComparisonTests() {}

  private static List<Builtin> all() {
    List<Builtin> tests = new ArrayList<>();
    for (String name : List.of("==", "eq", "equalto")) {
      tests.add(test(name, "other", (v, a) -> Comparison.equal(v, a.get(0), a.budget())));
    }
    for (String name : List.of("!=", "ne")) {
      tests.add(test(name, "other", (v, a) -> !Comparison.equal(v, a.get(0), a.budget())));
    }
    addOrder(tests, List.of("<", "lt", "lessthan"), order -> order < 0);
    addOrder(tests, List.of("<=", "le"), order -> order <= 0);
    addOrder(tests, List.of(">", "gt", "greaterthan"), order -> order > 0);
    addOrder(tests, List.of(">=", "ge"), order -> order >= 0);
    tests.add(test("in", "seq", (v, a) -> Comparison.contains(a.get(0), v, a.budget())));
    tests.add(test("sameas", "other", (v, a) -> same(v, a.get(0))));
    tests.add(test("odd", "", (v, a) -> remainder(v, Int.of(2)).equals(Int.of(1))));
    tests.add(test("even", "", (v, a) -> remainder(v, Int.of(2)).equals(Int.ZERO)));
    tests.add(test("divisibleby", "num", (v, a) -> remainder(v, a.get(0)).equals(Int.ZERO)));
    tests.add(test("lower", "", (v, a) -> Characters.isLower(Repr.str(v, a.budget()))));
    tests.add(test("upper", "", (v, a) -> Characters.isUpper(Repr.str(v, a.budget()))));
    return List.copyOf(tests);
  }

  /// Whether the test holds.
  private interface Condition {
    boolean holds(Value value, Bound arguments);
  }

  private static Builtin test(String name, String parameters, Condition condition) {
    return Builtin.of(name, parameters, (value, a) -> Bool.of(condition.holds(value, a)));
  }

  private static void addOrder(List<Builtin> tests, List<String> names, IntPredicate wanted) {
    for (String name : names) {
      Condition condition =
          (v, a) ->
              Comparison.order(v, a.get(0), names.getFirst(), a.budget())
                  .filter(wanted::test)
                  .isPresent();
      tests.add(test(name, "other", condition));
    }
  }

  private static Value remainder(Value value, Value divisor) {
    return Arithmetic.modulo(value, divisor);
  }

  /// Python's `is`, where small values have no identity of their own.
  @SuppressWarnings("ReferenceEquality")
  private static boolean same(Value a, Value b) {
    return switch (a) {
      case Str s -> b.typeName().equals(s.typeName()) && s.equals(b);
      case Int i -> b instanceof Int && i.equals(b);
      case Real r -> b instanceof Real && r.equals(b);
      case Undefined u -> u == b;
      case None n -> b instanceof None;
      default -> a == b;
    };
  }
}
