package dev.jmr.cli;

import dev.jmr.model.json.JsonWriter;

/// A call of a tool as a line of JSON: `{"name": …, "arguments": …}`. Arguments are shown as they come.
final class CallLine {
  private CallLine() {}

  static String open(String name) {
    StringBuilder line = new StringBuilder("{\"name\": ");
    JsonWriter.string(name, line);
    return line.append(", \"arguments\": ").toString();
  }

  static String close() {
    return "}\n";
  }
}
