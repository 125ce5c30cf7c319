package dev.jmr.model.template.library;

import dev.jmr.model.template.error.TemplateException;
import dev.jmr.model.template.value.Bool;
import dev.jmr.model.template.value.DictValue;
import dev.jmr.model.template.value.Int;
import dev.jmr.model.template.value.NamespaceValue;
import dev.jmr.model.template.value.Numbers;
import dev.jmr.model.template.value.ObjectValue;
import dev.jmr.model.template.value.Sequence;
import dev.jmr.model.template.value.Str;
import dev.jmr.model.template.value.TupleValue;
import dev.jmr.model.template.value.Undefined;
import dev.jmr.model.template.value.Value;
import java.util.Optional;

/// `value.name` and `value[key]`: the first looks for an attribute before an item, the second the other way round.
public final class Attributes {
  private Attributes() {}

  /// `owner.name`.
  public static Value attribute(Value owner, Str name) {
    if (owner instanceof DictValue dict && Methods.find(dict, name.text()).isEmpty()) {
      Value value = dict.find(name);
      return value == null ? Undefined.ofAttribute(owner, name.text()) : value;
    }
    return own(owner, name.text()).orElseGet(() -> Undefined.ofAttribute(owner, name.text()));
  }

  /// `owner[key]`.
  public static Value item(Value owner, Value key) {
    return find(owner, key)
        .or(() -> key instanceof Str name ? own(owner, name.text()) : Optional.empty())
        .orElseGet(() -> Undefined.ofElement(owner, key));
  }

  /// An attribute of the value's type, methods included, but not an item.
  static Optional<Value> own(Value owner, String name) {
    Optional<Builtin> method = Methods.find(owner, name);
    if (method.isPresent()) {
      return Optional.of(new Method(owner, method.get()));
    }
    return switch (owner) {
      case Undefined u -> throw u.failure();
      case NamespaceValue n -> Optional.ofNullable(n.attributes().get(name));
      case ObjectValue o -> o.attribute(name);
      case TupleValue t when t.names().contains(name) ->
          Optional.of(t.get(t.names().indexOf(name)));
      default -> Optional.empty();
    };
  }

  private static Optional<Value> find(Value owner, Value key) {
    return switch (owner) {
      case Undefined u -> throw u.failure();
      case DictValue dict -> entry(dict, key);
      case Sequence sequence -> {
        int index = index(key, sequence.size());
        yield index < 0 ? Optional.empty() : Optional.of(sequence.get(index));
      }
      case Str text -> {
        int index = index(key, text.length());
        yield index < 0 ? Optional.empty() : Optional.of(text.substring(index, index + 1));
      }
      default -> Optional.empty();
    };
  }

  private static Optional<Value> entry(DictValue dict, Value key) {
    try {
      return dict.get(key);
    } catch (TemplateException e) {
      return Optional.empty();
    }
  }

  /// The index from the start, or -1 if there is no such element.
  private static int index(Value key, int size) {
    if (!(key instanceof Int) && !(key instanceof Bool)) {
      return -1;
    }
    int index = Numbers.toInt(key).clamped();
    int fromStart = index < 0 ? index + size : index;
    return fromStart < size ? Math.max(fromStart, -1) : -1;
  }
}
