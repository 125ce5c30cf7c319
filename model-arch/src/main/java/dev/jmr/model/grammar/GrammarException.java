package dev.jmr.model.grammar;

/// A grammar, schema or regular expression that cannot be compiled, or a token that a grammar does not allow; tells where.
public class GrammarException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String location;

  /// @param location `line:column`, a JSON pointer such as `#/properties/a`, or empty where there is no place
  public GrammarException(String location, String message) {
    super(location.isEmpty() ? message : location + ": " + message);
    this.location = location;
  }

  /// `line:column` of a grammar, the JSON pointer into a schema, or empty.
  public String location() {
    return location;
  }
}
