package dev.jmr.model.template.syntax;

import dev.jmr.model.template.error.TemplateLimitException;
import dev.jmr.model.template.limit.TemplateLimits;
import java.util.List;

/// Reads a template.
public final class Parser {
  private Parser() {}

  /// The body of a template.
  ///
  /// @throws dev.jmr.model.template.error.TemplateSyntaxException if the source is not a template
  /// @throws TemplateLimitException if it is too long or nested too deeply
  public static List<Statement> parse(String source, SyntaxOptions options, TemplateLimits limits) {
    if (source.length() > limits.templateLength()) {
      throw new TemplateLimitException(
          "template limit: template length exceeds " + limits.templateLength());
    }
    List<Token> tokens = Lexer.tokens(source, options);
    return new StatementParser(new TokenStream(tokens, limits.nestingDepth())).template();
  }
}
