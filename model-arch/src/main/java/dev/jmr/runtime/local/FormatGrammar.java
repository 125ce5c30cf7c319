package dev.jmr.runtime.local;

import dev.jmr.model.grammar.Grammar;
import dev.jmr.model.grammar.GrammarException;
import dev.jmr.model.grammar.GrammarLimits;
import dev.jmr.model.grammar.gbnf.Gbnf;
import dev.jmr.model.grammar.regex.Regex;
import dev.jmr.model.grammar.schema.JsonSchema;
import dev.jmr.runtime.AnswerFormat;
import dev.jmr.runtime.RequestException;
import java.util.Optional;

/// The grammar of a format.
final class FormatGrammar {
  private FormatGrammar() {}

  /// The grammar; empty if every text will do.
  ///
  /// @throws RequestException if there is none, with the place in the schema, grammar or pattern
  static Optional<Grammar> of(AnswerFormat format) {
    GrammarLimits limits = GrammarLimits.STANDARD;
    return switch (format) {
      case AnswerFormat.Text _ -> Optional.empty();
      case AnswerFormat.JsonObject _ -> Optional.of(JsonSchema.anyObject(limits));
      case AnswerFormat.Schema(String schema) ->
          compile("json schema", () -> JsonSchema.compile(schema));
      case AnswerFormat.Grammar(String gbnf) ->
          compile("grammar", () -> Gbnf.compile(gbnf, limits));
      case AnswerFormat.Regex(String pattern) ->
          compile("regex", () -> Regex.compile(pattern, limits));
      case AnswerFormat.Choice choice ->
          compile("choice", () -> Grammar.choice(choice.texts(), limits));
    };
  }

  /// Compiles one grammar.
  private interface Compiler {
    Grammar compile();
  }

  private static Optional<Grammar> compile(String what, Compiler compiler) {
    try {
      return Optional.of(compiler.compile());
    } catch (GrammarException e) {
      String message = String.valueOf(e.getMessage());
      throw new RequestException(
          message.startsWith(what + ":") ? message : what + ": " + message, e);
    }
  }
}
