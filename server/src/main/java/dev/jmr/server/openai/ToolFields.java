package dev.jmr.server.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jmr.model.chat.PlainJson;
import dev.jmr.server.http.ApiException;
import dev.jmr.server.http.Fields;
import dev.jmr.server.http.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// The tools that a model may call.
final class ToolFields {
  private static final int MAX_TOOLS = 1024;
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_.:/-]{1,256}");

  private ToolFields() {}

  /// The definitions of those that may be called, as chat templates want them.
  ///
  /// @throws ApiException 400 if they make no sense
  static List<Map<String, Object>> read(Fields fields) {
    if (fields.value("functions").filter(list -> !list.isEmpty()).isPresent()) {
      throw ApiException.unsupported(
          "functions", "functions: expected 'tools' in their place, got the deprecated field");
    }
    List<JsonNode> elements = fields.list("tools", MAX_TOOLS).orElse(List.of());
    Optional<Set<String>> allowed = ToolChoiceFields.allowed(fields);
    List<Map<String, Object>> tools = new ArrayList<>();
    for (int i = 0; i < elements.size(); i++) {
      Fields tool = fields.element("tools", i, elements.get(i));
      String name = name(tool);
      if (allowed.isEmpty() || allowed.get().contains(name)) {
        tools.add(plain(tool.node()));
      }
    }
    return tools;
  }

  private static String name(Fields tool) {
    String type = tool.string("type").orElse("function");
    if (!type.equals("function")) {
      throw ApiException.unsupported(
          tool.path() + "type", "%stype: expected function, got '%s'".formatted(tool.path(), type));
    }
    Fields function = tool.object("function").orElseThrow(() -> tool.missing("function"));
    String name = function.requiredString("name");
    if (!NAME.matcher(name).matches()) {
      throw ApiException.invalid(
          function.path() + "name",
          "%sname: expected letters, digits and _ - . : / only, got '%s'"
              .formatted(function.path(), name));
    }
    function.object("parameters");
    return name;
  }

  /// As plain Java values, which chat templates read.
  static Map<String, Object> plain(JsonNode object) {
    Optional<Object> value = PlainJson.read(new String(Json.bytes(object), StandardCharsets.UTF_8));
    Map<String, Object> plain = new LinkedHashMap<>();
    if (value.orElse("") instanceof Map<?, ?> members) {
      members.forEach((name, member) -> {
        if (member != null) {
          plain.put(String.valueOf(name), member);
        }
      });
    }
    return plain;
  }
}
