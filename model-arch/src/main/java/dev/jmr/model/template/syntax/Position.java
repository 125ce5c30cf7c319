package dev.jmr.model.template.syntax;

import dev.jmr.model.template.error.TemplateException;
import dev.jmr.model.template.error.TemplateSyntaxException;

/// A place in the source, counted from 1.
public record Position(int line, int column) {
  public TemplateSyntaxException error(String reason) {
    return new TemplateSyntaxException(reason, line, column);
  }

  /// The error with this place, unless it has one.
  public TemplateException of(TemplateException error) {
    return error.at(line, column);
  }
}
