package dev.jmr.model.template.render;

import dev.jmr.model.template.error.TemplateException;
import dev.jmr.model.template.syntax.Expression;
import dev.jmr.model.template.value.Arguments;
import dev.jmr.model.template.value.DictValue;
import dev.jmr.model.template.value.Iteration;
import dev.jmr.model.template.value.Str;
import dev.jmr.model.template.value.Undefined;
import dev.jmr.model.template.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The compiled arguments of a call.
record CallArguments(
    Expr[] positional,
    String[] names,
    Expr[] named,
    Optional<Expr> more,
    Optional<Expr> moreNamed) {
  static CallArguments compile(
      Expression.CallArguments arguments, ExpressionCompiler compiler, Scope scope) {
    return new CallArguments(
        compiler.all(arguments.positional(), scope),
        arguments.named().stream().map(Expression.Named::name).toArray(String[]::new),
        compiler.all(arguments.named().stream().map(Expression.Named::value).toList(), scope),
        arguments.more().map(e -> compiler.compile(e, scope)),
        arguments.moreNamed().map(e -> compiler.compile(e, scope)));
  }

  Arguments evaluate(Frame frame) {
    if (positional.length == 0 && named.length == 0 && more.isEmpty() && moreNamed.isEmpty()) {
      return Arguments.NONE;
    }
    return new Arguments(evaluatePositional(frame), evaluateNamed(frame));
  }

  private List<Value> evaluatePositional(Frame frame) {
    Value[] values = new Value[positional.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = positional[i].evaluate(frame);
    }
    if (more.isEmpty()) {
      return Arrays.asList(values);
    }
    List<Value> all = new ArrayList<>(Arrays.asList(values));
    all.addAll(Iteration.toList(more.get().evaluate(frame), frame.budget()));
    return all;
  }

  private Map<String, Value> evaluateNamed(Frame frame) {
    if (named.length == 0 && moreNamed.isEmpty()) {
      return Map.of();
    }
    Map<String, Value> all = new LinkedHashMap<>();
    for (int i = 0; i < named.length; i++) {
      put(all, names[i], named[i].evaluate(frame));
    }
    if (moreNamed.isPresent()) {
      Value mapping = moreNamed.get().evaluate(frame);
      if (mapping instanceof Undefined u) {
        throw u.failure();
      } else if (!(mapping instanceof DictValue dict)) {
        throw new TemplateException(
            "argument after ** must be a mapping, not " + mapping.typeName());
      } else {
        dict.entries().forEach((key, value) -> put(all, name(key), value));
      }
    }
    return all;
  }

  private static String name(Value key) {
    if (key instanceof Str s) {
      return s.text();
    }
    throw new TemplateException("keywords must be strings");
  }

  private static void put(Map<String, Value> all, String name, Value value) {
    if (all.put(name, value) != null) {
      throw new TemplateException("got multiple values for keyword argument '" + name + "'");
    }
  }
}
