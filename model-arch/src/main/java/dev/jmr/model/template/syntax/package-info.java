/// From source to a tree: [dev.jmr.model.template.syntax.Lexer] cuts it into tokens, the parsers make
/// [dev.jmr.model.template.syntax.Statement] and [dev.jmr.model.template.syntax.Expression] of them. Points at
/// `error`, `limit` and, for literals, `value`.
package dev.jmr.model.template.syntax;
