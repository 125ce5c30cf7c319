package dev.jmr.model.template.render;

import dev.jmr.model.template.error.TemplateException;
import dev.jmr.model.template.limit.Budget;
import dev.jmr.model.template.value.Arguments;
import dev.jmr.model.template.value.Bool;
import dev.jmr.model.template.value.DictValue;
import dev.jmr.model.template.value.Nearest;
import dev.jmr.model.template.value.ObjectValue;
import dev.jmr.model.template.value.Str;
import dev.jmr.model.template.value.TupleValue;
import dev.jmr.model.template.value.Undefined;
import dev.jmr.model.template.value.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A macro with the variables around its definition.
final class Macro implements ObjectValue {
  private final MacroCode code;
  private final Frame outer;

  Macro(MacroCode code, Frame outer) {
    this.code = code;
    this.outer = outer;
  }

  @Override
  public String typeName() {
    return "Macro";
  }

  @Override
  public Optional<Value> attribute(String name) {
    return switch (name) {
      case "name" -> Optional.of(Str.of(code.name()));
      case "arguments" ->
          Optional.of(TupleValue.copyOf(code.parameters().stream().map(Str::of).toList()));
      case "catch_varargs" -> Optional.of(Bool.of(code.uses(MacroCode.VARARGS)));
      case "catch_kwargs" -> Optional.of(Bool.of(code.uses(MacroCode.KWARGS)));
      case "caller" -> Optional.of(Bool.of(code.uses(MacroCode.CALLER)));
      default -> Optional.empty();
    };
  }

  @Override
  public Value call(Arguments arguments, Budget budget) {
    Frame frame = new Frame(code.scope().layout().slots(), outer, budget);
    budget.enter(code.height());
    bind(arguments, frame);
    Output out = new Output(budget);
    code.body().render(frame, out);
    budget.leave(code.height());
    return out.toStr();
  }

  private void bind(Arguments arguments, Frame frame) {
    List<Value> positional = arguments.positional();
    Map<String, Value> named = new LinkedHashMap<>(arguments.named());
    int given = Math.min(positional.size(), code.slots().length);
    for (int i = 0; i < given; i++) {
      frame.set(code.slots()[i], positional.get(i));
    }
    for (int i = given; i < code.slots().length; i++) {
      bindNamed(i, named, frame);
    }
    Value caller = named.get(MacroCode.CALLER);
    if (code.uses(MacroCode.CALLER)) {
      named.remove(MacroCode.CALLER);
      special(
          MacroCode.CALLER, caller == null ? new Undefined("No caller defined") : caller, frame);
    }
    bindRest(positional.subList(given, positional.size()), named, frame);
  }

  private void bindNamed(int index, Map<String, Value> named, Frame frame) {
    String name = code.parameters().get(index);
    Value value = named.remove(name);
    if (value == null) {
      Optional<Expr> byDefault = code.defaults().get(index);
      value =
          byDefault.isPresent()
              ? byDefault.get().evaluate(frame)
              : new Undefined("parameter '" + name + "' was not provided");
    }
    frame.set(code.slots()[index], value);
  }

  private void bindRest(List<Value> positional, Map<String, Value> named, Frame frame) {
    if (code.uses(MacroCode.VARARGS)) {
      special(MacroCode.VARARGS, TupleValue.copyOf(positional), frame);
    } else if (!positional.isEmpty()) {
      throw new TemplateException(
          "macro '%s' takes not more than %d argument(s)"
              .formatted(code.name(), code.parameters().size()));
    }
    if (code.uses(MacroCode.KWARGS)) {
      DictValue rest = new DictValue();
      named.forEach(rest::put);
      special(MacroCode.KWARGS, rest, frame);
    } else if (!named.isEmpty()) {
      String name = named.keySet().iterator().next();
      throw new TemplateException(
          "macro '%s' takes no keyword argument '%s'%s"
              .formatted(code.name(), name, Nearest.hint(name, code.parameters())));
    }
  }

  private void special(String name, Value value, Frame frame) {
    frame.set(code.scope().declare(name), value);
  }
}
