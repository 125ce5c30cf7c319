package dev.jmr.model.template.library;

import dev.jmr.model.template.value.Bool;
import dev.jmr.model.template.value.DictValue;
import dev.jmr.model.template.value.Int;
import dev.jmr.model.template.value.None;
import dev.jmr.model.template.value.Numbers;
import dev.jmr.model.template.value.ObjectValue;
import dev.jmr.model.template.value.Real;
import dev.jmr.model.template.value.Sequence;
import dev.jmr.model.template.value.Str;
import dev.jmr.model.template.value.StreamValue;
import dev.jmr.model.template.value.Undefined;
import dev.jmr.model.template.value.Value;
import dev.jmr.model.template.value.ViewValue;
import java.util.List;
import java.util.function.Predicate;

/// Tests for what kind of value it is.
final class TypeTests {
  static final List<Builtin> ALL =
      List.of(
          test("defined", v -> !(v instanceof Undefined)),
          test("undefined", v -> v instanceof Undefined),
          test("none", v -> v instanceof None),
          test("boolean", v -> v instanceof Bool),
          test("true", v -> v instanceof Bool && v.truthy()),
          test("false", v -> v instanceof Bool && !v.truthy()),
          test("integer", v -> v instanceof Int),
          test("float", v -> v instanceof Real),
          test("number", Numbers::isNumber),
          test("string", v -> v instanceof Str),
          test("mapping", v -> v instanceof DictValue),
          test("sequence", TypeTests::isSequence),
          test("iterable", TypeTests::isIterable),
          test(
              "callable",
              v -> v instanceof Undefined || (v instanceof ObjectValue o && o.callable())),
          test("escaped", v -> v instanceof Str s && s.isSafe()),
          test("filter", v -> v instanceof Str s && Filters.find(s.text()).isPresent()),
          test("test", v -> v instanceof Str s && Tests.find(s.text()).isPresent()));

  private TypeTests() {}

  private static Builtin test(String name, Predicate<Value> predicate) {
    return Builtin.of(name, "", (value, a) -> Bool.of(predicate.test(value)));
  }

  private static boolean isSequence(Value value) {
    return value instanceof Str
        || value instanceof Sequence
        || value instanceof DictValue
        || value instanceof Undefined;
  }

  private static boolean isIterable(Value value) {
    return isSequence(value) || value instanceof ViewValue || value instanceof StreamValue;
  }
}
