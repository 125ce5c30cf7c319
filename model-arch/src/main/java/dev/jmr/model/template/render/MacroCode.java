package dev.jmr.model.template.render;

import dev.jmr.model.template.syntax.Statement;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A compiled macro, or the body of a call block.
///
/// @param defaults of the parameters, in their order
/// @param slots of the parameters, in their order
/// @param height levels of source
record MacroCode(
    String name,
    List<String> parameters,
    List<Optional<Expr>> defaults,
    int[] slots,
    Scope scope,
    Node body,
    int height) {
  static final String VARARGS = "varargs";
  static final String KWARGS = "kwargs";
  static final String CALLER = "caller";

  /// Names that every macro has if it uses them.
  static final Set<String> SPECIAL = Set.of(VARARGS, KWARGS, CALLER);

  static MacroCode compile(
      String name, Statement.Signature signature, StatementCompiler compiler, Scope outer) {
    Scope scope = outer.newFrame(true);
    List<String> parameters =
        signature.parameters().stream().map(Statement.Parameter::name).toList();
    int[] slots = parameters.stream().mapToInt(scope::declare).toArray();
    List<Optional<Expr>> defaults =
        signature.parameters().stream()
            .map(p -> p.byDefault().map(e -> compiler.expressions().compile(e, scope)))
            .toList();
    Node body = compiler.body(signature.body(), scope);
    return new MacroCode(name, parameters, defaults, slots, scope, body, signature.height());
  }

  boolean uses(String special) {
    return scope.layout().uses(special);
  }
}
