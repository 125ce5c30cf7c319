package dev.jmr.model.template.error;

/// A limit of [dev.jmr.model.template.limit.TemplateLimits] was reached; the message names it.
public final class TemplateLimitException extends TemplateException {
  private static final long serialVersionUID = 1L;

  public TemplateLimitException(String reason) {
    super(reason);
  }

  public TemplateLimitException(String reason, int line, int column) {
    super(reason, line, column);
  }

  @Override
  TemplateException placed(int line, int column) {
    return new TemplateLimitException(reason(), line, column);
  }
}
