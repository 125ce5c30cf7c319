package dev.jmr.model.grammar.schema;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.util.List;

/// An independent validator of JSON schemas, with formats asserted (but for mail addresses, of which it knows the top
/// level domains).
public final class SchemaValidator {
  private final com.networknt.schema.JsonSchema schema;

  private final boolean formats;

  public SchemaValidator(String schema) {
    this.formats = !schema.contains("email");
    this.schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(schema);
  }

  /// What is wrong with a text; nothing, if it is valid.
  public List<String> errors(String json) {
    return schema
        .validate(
            json,
            InputFormat.JSON,
            context -> context.getExecutionConfig().setFormatAssertionsEnabled(formats))
        .stream()
        .map(Object::toString)
        .toList();
  }
}
