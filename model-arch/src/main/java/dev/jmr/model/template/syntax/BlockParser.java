package dev.jmr.model.template.syntax;

import dev.jmr.model.template.syntax.Expression.Call;
import dev.jmr.model.template.syntax.Expression.Constant;
import dev.jmr.model.template.syntax.Expression.Postfix;
import dev.jmr.model.template.syntax.Statement.Assign;
import dev.jmr.model.template.syntax.Statement.AssignBlock;
import dev.jmr.model.template.syntax.Statement.Binding;
import dev.jmr.model.template.syntax.Statement.Branch;
import dev.jmr.model.template.syntax.Statement.CallBlock;
import dev.jmr.model.template.syntax.Statement.FilterBlock;
import dev.jmr.model.template.syntax.Statement.For;
import dev.jmr.model.template.syntax.Statement.If;
import dev.jmr.model.template.syntax.Statement.Macro;
import dev.jmr.model.template.syntax.Statement.Parameter;
import dev.jmr.model.template.syntax.Statement.Scoped;
import dev.jmr.model.template.syntax.Statement.Signature;
import dev.jmr.model.template.syntax.Statement.Target;
import dev.jmr.model.template.syntax.Statement.With;
import dev.jmr.model.template.syntax.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The tags that have a body. Each method begins behind the tag's name and ends before the last `%}`.
final class BlockParser {
  /// What may stand behind the name of a block; it has no meaning without other templates.
  private static final Set<String> MODIFIERS = Set.of("scoped", "required");

  private final TokenStream tokens;
  private final ExpressionParser expressions;
  private final StatementParser statements;
  private final TargetParser targets;

  BlockParser(TokenStream tokens, ExpressionParser expressions, StatementParser statements) {
    this.tokens = tokens;
    this.expressions = expressions;
    this.statements = statements;
    this.targets = new TargetParser(tokens);
  }

  If branches() {
    List<Branch> branches = new ArrayList<>();
    do {
      Expression condition = expressions.expressionsWithoutIf(Set.of());
      endOfTag();
      branches.add(new Branch(condition, statements.body("if", Set.of("elif", "else", "endif"))));
    } while (tokens.skipName("elif"));
    List<Statement> otherwise = List.of();
    if (tokens.skipName("else")) {
      endOfTag();
      otherwise = statements.body("if", Set.of("endif"));
    }
    tokens.next();
    return new If(branches, otherwise);
  }

  For loop(Position position) {
    Target target = targets.loopTargets();
    if (!tokens.skipName("in")) {
      throw tokens.unexpected("'in'");
    }
    Expression elements = expressions.expressionsWithoutIf(Set.of("recursive"));
    Optional<Expression> condition =
        tokens.skipName("if") ? Optional.of(expressions.expression()) : Optional.empty();
    boolean recursive = tokens.skipName("recursive");
    endOfTag();
    int outer = tokens.measure();
    List<Statement> body = statements.loopBody(Set.of("else", "endfor"));
    List<Statement> otherwise = List.of();
    if (tokens.skipName("else")) {
      endOfTag();
      otherwise = statements.body("for", Set.of("endfor"));
    }
    tokens.next();
    return new For(
        target, elements, condition, recursive, body, otherwise, tokens.height(outer), position);
  }

  Statement assignment(Position position) {
    Target target = targets.targets(true);
    if (tokens.skipOperator("=")) {
      return new Assign(target, expressions.expressions(), position);
    }
    List<Expression.Filter> filters = expressions.postfix().filters(false);
    endOfTag();
    List<Statement> body = end("set", "endset");
    return new AssignBlock(target, filters, body, position);
  }

  Macro macro(Position position) {
    String name = tokens.expectName("the name of a macro");
    if (!tokens.atOperator("(")) {
      throw tokens.unexpected("'('");
    }
    return new Macro(name, signature("macro", "endmacro", () -> {}), position);
  }

  CallBlock call(Position position) {
    List<Expression> call = new ArrayList<>(1);
    Signature signature = signature("call", "endcall", () -> call.add(expressions.expression()));
    if (call.getFirst() instanceof Postfix postfix && postfix.steps().getLast() instanceof Call) {
      return new CallBlock(signature, postfix, position);
    }
    throw position.error("tag 'call': expected the call of a macro");
  }

  private Signature signature(String tag, String end, Runnable behindParameters) {
    int outer = tokens.measure();
    List<Parameter> parameters = tokens.skipOperator("(") ? parameters() : List.of();
    behindParameters.run();
    endOfTag();
    List<Statement> body = statements.detachedBody(tag, Set.of(end));
    tokens.next();
    return new Signature(parameters, body, tokens.height(outer));
  }

  private List<Parameter> parameters() {
    List<Parameter> parameters = new ArrayList<>();
    while (!tokens.skipOperator(")")) {
      Position position = tokens.position();
      String name = targets.assignable(tokens.expect(Kind.NAME, "the name of a parameter"));
      Optional<Expression> byDefault =
          tokens.skipOperator("=") ? Optional.of(expressions.expression()) : Optional.empty();
      if (byDefault.isEmpty()
          && !parameters.isEmpty()
          && parameters.getLast().byDefault().isPresent()) {
        throw position.error("parameter '" + name + "' without default follows one with default");
      }
      parameters.add(new Parameter(name, byDefault));
      if (!tokens.atOperator(")")) {
        tokens.expectOperator(",");
      }
    }
    return parameters;
  }

  FilterBlock filter(Position position) {
    List<Expression.Filter> filters = expressions.postfix().filters(true);
    endOfTag();
    return new FilterBlock(filters, end("filter", "endfilter"), position);
  }

  With with() {
    List<Binding> bindings = new ArrayList<>();
    while (!tokens.at(Kind.BLOCK_END)) {
      if (!bindings.isEmpty()) {
        tokens.expectOperator(",");
      }
      Position position = tokens.position();
      Target target = targets.targets(false);
      tokens.expectOperator("=");
      bindings.add(new Binding(target, expressions.expression(), position));
    }
    endOfTag();
    return new With(bindings, end("with", "endwith"));
  }

  Scoped generation() {
    endOfTag();
    return new Scoped(end("generation", "endgeneration"));
  }

  Scoped block() {
    String name = tokens.expectName("the name of a block");
    while (tokens.at(Kind.NAME) && MODIFIERS.contains(tokens.current().text())) {
      tokens.next();
    }
    endOfTag();
    Scoped block = new Scoped(end("block", "endblock"));
    tokens.skipName(name);
    return block;
  }

  Scoped autoescape(Position position) {
    Expression value = expressions.expression();
    if (!(value instanceof Constant constant) || constant.value().truthy()) {
      throw position.error("tag 'autoescape' is not supported: a prompt is not HTML");
    }
    endOfTag();
    return new Scoped(end("autoescape", "endautoescape"));
  }

  private List<Statement> end(String tag, String end) {
    List<Statement> body = statements.body(tag, Set.of(end));
    tokens.next();
    return body;
  }

  private void endOfTag() {
    tokens.skipOperator(":");
    tokens.expect(Kind.BLOCK_END, "'%}'");
  }
}
