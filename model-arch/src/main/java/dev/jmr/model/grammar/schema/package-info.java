/// JSON schemas as grammars: [dev.jmr.model.grammar.schema.JsonSchema] is the door.
///
/// [dev.jmr.model.grammar.schema.SchemaCompiler] goes through the schemas, [dev.jmr.model.grammar.schema.SchemaMerger]
/// makes one of several that hold together, [dev.jmr.model.grammar.schema.Alternatives] tells those of `oneOf` apart; one
/// file for each type makes the text. Points at `grammar`, `grammar.regex` and `json`.
package dev.jmr.model.grammar.schema;
