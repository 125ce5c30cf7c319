package dev.jmr.model.template.error;

/// The source is not a template, or uses a construct that is not known.
public final class TemplateSyntaxException extends TemplateException {
  private static final long serialVersionUID = 1L;

  public TemplateSyntaxException(String reason, int line, int column) {
    super(reason, line, column);
  }

  @Override
  TemplateException placed(int line, int column) {
    return new TemplateSyntaxException(reason(), line, column);
  }
}
