/// JSON as immutable values: [dev.jmr.model.json.JsonReader] reads text strictly and within limits,
/// [dev.jmr.model.json.JsonWriter] writes it compactly. For schemas, tool definitions and tool calls, where text comes
/// from clients and models. Points at nothing.
package dev.jmr.model.json;
