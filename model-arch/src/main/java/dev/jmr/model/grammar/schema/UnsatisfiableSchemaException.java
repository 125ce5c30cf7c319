package dev.jmr.model.grammar.schema;

import dev.jmr.model.grammar.GrammarException;

/// Nothing satisfies a schema, or no text that we could write.
final class UnsatisfiableSchemaException extends GrammarException {
  private static final long serialVersionUID = 1L;

  UnsatisfiableSchemaException(String location) {
    super(location, "nothing satisfies this schema");
  }
}
