package dev.jmr.model.template.value;

import dev.jmr.model.template.error.TemplateException;
import dev.jmr.model.template.limit.Budget;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/// Python's arithmetic operators, with Python's error messages.
public final class Arithmetic {
  private Arithmetic() {}

  public static Value add(Value a, Value b, Budget budget) {
    if (a instanceof Str x && b instanceof Str y) {
      return concatenated(x, y, budget);
    } else if (a instanceof Int x && b instanceof Int y && x.isLong() && y.isLong()) {
      long sum = x.asLong() + y.asLong();
      if (((x.asLong() ^ sum) & (y.asLong() ^ sum)) >= 0) {
        return Int.of(sum);
      }
    }
    if (bothNumbers(a, b)) {
      return isFloat(a, b)
          ? new Real(Numbers.toDouble(a) + Numbers.toDouble(b))
          : limited(big(a).add(big(b)), budget);
    }
    failIfUndefined(a, b);
    if (a instanceof ListValue x && b instanceof ListValue y) {
      return ListValue.copyOf(joined(x.elements(), y.elements(), budget));
    } else if (a instanceof TupleValue x && b instanceof TupleValue y) {
      return TupleValue.copyOf(joined(x.elements(), y.elements(), budget));
    }
    throw switch (a) {
      case Str s -> cannotConcatenate("str", b);
      case ListValue l -> cannotConcatenate("list", b);
      case TupleValue t -> cannotConcatenate("tuple", b);
      default -> unsupported("+", a, b);
    };
  }

  private static Str concatenated(Str a, Str b, Budget budget) {
    budget.value((long) a.text().length() + b.text().length());
    return a.isSafe() || b.isSafe()
        ? Str.safe(Markup.escape(a) + Markup.escape(b))
        : Str.of(a.text() + b.text());
  }

  private static List<Value> joined(List<Value> a, List<Value> b, Budget budget) {
    budget.elements((long) a.size() + b.size());
    List<Value> joined = new ArrayList<>(a.size() + b.size());
    joined.addAll(a);
    joined.addAll(b);
    return joined;
  }

  public static Value subtract(Value a, Value b, Budget budget) {
    requireNumbers("-", a, b);
    if (isFloat(a, b)) {
      return new Real(Numbers.toDouble(a) - Numbers.toDouble(b));
    }
    return limited(big(a).subtract(big(b)), budget);
  }

  public static Value multiply(Value a, Value b, Budget budget) {
    if (bothNumbers(a, b)) {
      return isFloat(a, b)
          ? new Real(Numbers.toDouble(a) * Numbers.toDouble(b))
          : limited(big(a).multiply(big(b)), budget);
    }
    failIfUndefined(a, b);
    if (repeatable(a) && isInteger(b)) {
      return repeat(a, Numbers.toInt(b).clamped(), budget);
    } else if (repeatable(b) && isInteger(a)) {
      return repeat(b, Numbers.toInt(a).clamped(), budget);
    } else if (repeatable(a) || repeatable(b)) {
      throw new TemplateException(
          "can't multiply sequence by non-int of type '"
              + (repeatable(a) ? b : a).typeName()
              + "'");
    }
    throw unsupported("*", a, b);
  }

  private static boolean repeatable(Value value) {
    return value instanceof Str || value instanceof ListValue || value instanceof TupleValue;
  }

  private static Value repeat(Value value, int times, Budget budget) {
    int count = Math.max(times, 0);
    if (value instanceof Str text) {
      budget.value((long) text.text().length() * count);
      String repeated = text.text().repeat(text.truthy() ? count : 0);
      return text.isSafe() ? Str.safe(repeated) : Str.of(repeated);
    }
    Sequence sequence = (Sequence) value;
    budget.elements((long) sequence.size() * count);
    List<Value> elements = new ArrayList<>();
    for (int i = 0; i < count && sequence.size() > 0; i++) {
      for (int j = 0; j < sequence.size(); j++) {
        elements.add(sequence.get(j));
      }
    }
    return value instanceof ListValue ? ListValue.copyOf(elements) : TupleValue.copyOf(elements);
  }

  public static Value divide(Value a, Value b) {
    requireNumbers("/", a, b);
    return isFloat(a, b)
        ? Division.divide(Numbers.toDouble(a), Numbers.toDouble(b))
        : Division.divide(Numbers.toInt(a), Numbers.toInt(b));
  }

  public static Value floorDivide(Value a, Value b) {
    requireNumbers("//", a, b);
    return isFloat(a, b)
        ? Division.floorDivide(Numbers.toDouble(a), Numbers.toDouble(b))
        : Division.floorDivide(Numbers.toInt(a), Numbers.toInt(b));
  }

  /// Of numbers; formatting of strings by `%` is the caller's.
  public static Value modulo(Value a, Value b) {
    requireNumbers("%", a, b);
    return isFloat(a, b)
        ? Division.modulo(Numbers.toDouble(a), Numbers.toDouble(b))
        : Division.modulo(Numbers.toInt(a), Numbers.toInt(b));
  }

  public static Value power(Value a, Value b, Budget budget) {
    requireNumbers("** or pow()", a, b);
    if (isFloat(a, b) || Numbers.toInt(b).signum() < 0) {
      return floatPower(Numbers.toDouble(a), Numbers.toDouble(b));
    }
    Int base = Numbers.toInt(a);
    int exponent = Numbers.toInt(b).clamped();
    int bits = base.asBigInteger().abs().bitLength();
    if (bits > 1) {
      budget.integer((long) (bits - 1) * exponent);
      return limited(base.asBigInteger().pow(exponent), budget);
    }
    boolean odd = Numbers.toInt(b).asBigInteger().testBit(0);
    return exponent == 0 ? Int.of(1) : base.signum() < 0 && !odd ? Int.of(1) : base;
  }

  private static Value floatPower(double base, double exponent) {
    if (base == 0 && exponent < 0) {
      throw new TemplateException("0.0 cannot be raised to a negative power");
    }
    if (base == 1) {
      return new Real(1);
    }
    double power = Math.pow(base, exponent);
    boolean finite = Double.isFinite(base) && Double.isFinite(exponent);
    if (finite && Double.isNaN(power)) {
      throw new TemplateException("complex numbers are not supported");
    } else if (finite && Double.isInfinite(power)) {
      throw new TemplateException("(34, 'Numerical result out of range')");
    }
    return new Real(power);
  }

  public static Value negate(Value value) {
    return switch (value) {
      case Real r -> new Real(-r.value());
      case Int i -> Int.of(i.asBigInteger().negate());
      case Bool b -> Int.of(b.toInt().asBigInteger().negate());
      case Undefined u -> throw u.failure();
      default -> throw badUnary("-", value);
    };
  }

  public static Value plus(Value value) {
    return switch (value) {
      case Real r -> r;
      case Int i -> i;
      case Bool b -> b.toInt();
      case Undefined u -> throw u.failure();
      default -> throw badUnary("+", value);
    };
  }

  private static Int limited(BigInteger result, Budget budget) {
    budget.integer(result.bitLength());
    return Int.of(result);
  }

  private static BigInteger big(Value integer) {
    return Numbers.toInt(integer).asBigInteger();
  }

  private static boolean isInteger(Value value) {
    return value instanceof Int || value instanceof Bool;
  }

  private static boolean isFloat(Value a, Value b) {
    return a instanceof Real || b instanceof Real;
  }

  private static boolean bothNumbers(Value a, Value b) {
    return Numbers.isNumber(a) && Numbers.isNumber(b);
  }

  private static void requireNumbers(String operator, Value a, Value b) {
    if (!bothNumbers(a, b)) {
      failIfUndefined(a, b);
      throw unsupported(operator, a, b);
    }
  }

  private static void failIfUndefined(Value a, Value b) {
    if (a instanceof Undefined u) {
      throw u.failure();
    } else if (b instanceof Undefined u) {
      throw u.failure();
    }
  }

  private static TemplateException cannotConcatenate(String type, Value other) {
    return new TemplateException(
        "can only concatenate %s (not \"%s\") to %s".formatted(type, other.typeName(), type));
  }

  private static TemplateException unsupported(String operator, Value a, Value b) {
    return new TemplateException(
        "unsupported operand type(s) for %s: '%s' and '%s'"
            .formatted(operator, a.typeName(), b.typeName()));
  }

  private static TemplateException badUnary(String operator, Value value) {
    return new TemplateException(
        "bad operand type for unary " + operator + ": '" + value.typeName() + "'");
  }
}
