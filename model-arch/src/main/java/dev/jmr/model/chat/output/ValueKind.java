package dev.jmr.model.chat.output;

/// The types of JSON Schema.
public enum ValueKind {
  STRING,
  INTEGER,
  NUMBER,
  BOOLEAN,
  NULL,
  OBJECT,
  ARRAY
}
