package dev.jmr.model.template.error;

/// A template cannot be compiled or rendered. The message begins with the place, `line 3, column 14: …`, once it is
/// known; operations on values throw without one, and the node that called them adds it.
public sealed class TemplateException extends RuntimeException
    permits TemplateSyntaxException, TemplateLimitException, RaisedException {
  private static final long serialVersionUID = 1L;

  private final String reason;
  private final int line;
  private final int column;

  public TemplateException(String reason) {
    this(reason, 0, 0);
  }

  public TemplateException(String reason, int line, int column) {
    super(line == 0 ? reason : "line " + line + ", column " + column + ": " + reason);
    this.reason = reason;
    this.line = line;
    this.column = column;
  }

  /// The message without the place.
  public final String reason() {
    return reason;
  }

  /// Counted from 1; 0 if the place is not known.
  public final int line() {
    return line;
  }

  /// Counted in characters from 1; 0 if the place is not known.
  public final int column() {
    return column;
  }

  /// This error with the place, unless it has one.
  public final TemplateException at(int line, int column) {
    if (this.line != 0 || this instanceof RaisedException) {
      return this;
    }
    TemplateException placed = placed(line, column);
    placed.initCause(this);
    return placed;
  }

  TemplateException placed(int line, int column) {
    return new TemplateException(reason, line, column);
  }
}
