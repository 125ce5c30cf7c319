package dev.jmr.model.template.library;

import dev.jmr.model.template.value.Bool;
import dev.jmr.model.template.value.Int;
import dev.jmr.model.template.value.Real;
import java.util.List;

/// The few methods of numbers that a template could want.
final class NumberMethods {
  static final List<Builtin> OF_INTEGERS =
      List.of(
          Builtin.of(
              "bit_length", "", (v, a) -> Int.of(((Int) v).asBigInteger().abs().bitLength())),
          Builtin.of("conjugate", "", (v, a) -> v));

  static final List<Builtin> OF_FLOATS =
      List.of(
          Builtin.of(
              "is_integer",
              "",
              (v, a) ->
                  Bool.of(
                      Math.rint(((Real) v).value()) == ((Real) v).value()
                          && Double.isFinite(((Real) v).value()))),
          Builtin.of("conjugate", "", (v, a) -> v));

  private NumberMethods() {}
}
