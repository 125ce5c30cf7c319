package dev.jmr.model.template.value;

/// A value of a template. `equals` and `hashCode` of those that can be keys are Python's: `1`, `1.0` and `true` are
/// one key.
public sealed interface Value
    permits Undefined,
        None,
        Bool,
        Int,
        Real,
        Str,
        Sequence,
        DictValue,
        ViewValue,
        StreamValue,
        NamespaceValue,
        ObjectValue {
  /// Python's name of the type, as error messages show it.
  String typeName();

  /// Python's `bool(value)`.
  boolean truthy();
}
