package dev.jmr.model.template.error;

/// The template itself refused its input by `raise_exception`. The message is exactly what it passed.
public final class RaisedException extends TemplateException {
  private static final long serialVersionUID = 1L;

  public RaisedException(String message) {
    super(message);
  }
}
