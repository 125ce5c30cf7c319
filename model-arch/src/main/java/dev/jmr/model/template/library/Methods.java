package dev.jmr.model.template.library;

import dev.jmr.model.template.value.DictValue;
import dev.jmr.model.template.value.Int;
import dev.jmr.model.template.value.ListValue;
import dev.jmr.model.template.value.Real;
import dev.jmr.model.template.value.Str;
import dev.jmr.model.template.value.TupleValue;
import dev.jmr.model.template.value.Value;
import java.util.Optional;

/// The methods that values have, as in Python.
public final class Methods {
  private static final Registry STRING =
      Registry.of(StringMethods.ALL, SearchMethods.ALL, CharacterMethods.ALL, SplitMethods.ALL);
  private static final Registry LIST = Registry.of(ListMethods.ALL);
  private static final Registry TUPLE = Registry.of(ListMethods.OF_TUPLES);
  private static final Registry DICT = Registry.of(DictMethods.ALL);
  private static final Registry INT = Registry.of(NumberMethods.OF_INTEGERS);
  private static final Registry REAL = Registry.of(NumberMethods.OF_FLOATS);
  private static final Registry NONE = Registry.of();

  private Methods() {}

  public static Optional<Builtin> find(Value owner, String name) {
    return of(owner).find(name);
  }

  /// `; did you mean 'x'?`, or nothing.
  public static String hint(Value owner, String name) {
    return of(owner).hint(name);
  }

  private static Registry of(Value owner) {
    return switch (owner) {
      case Str s -> STRING;
      case ListValue l -> LIST;
      case TupleValue t -> TUPLE;
      case DictValue d -> DICT;
      case Int i -> INT;
      case Real r -> REAL;
      default -> NONE;
    };
  }
}
