package dev.jmr.server.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jmr.server.http.ApiException;
import dev.jmr.server.http.Fields;
import java.util.ArrayList;
import java.util.List;

/// Inputs in the four forms that OpenAI's API has for them: a text, texts, token ids, lists of token ids.
final class TokenInputs {
  private static final int MAX_INPUTS = 1 << 16;
  private static final int MAX_TOKENS = 1 << 24;

  /// A text or token ids.
  sealed interface Input {
    /// A text.
    record Text(String text) implements Input {}

    /// Token ids.
    record Tokens(int[] ids) implements Input {}
  }

  private TokenInputs() {}

  /// @throws ApiException 400 if there is none, or it has another form, or is empty
  static List<Input> read(Fields fields, String name) {
    JsonNode value = fields.value(name).orElseThrow(() -> fields.missing(name));
    if (value.isTextual()) {
      return List.of(text(fields, name, value));
    }
    fields.require(value.isArray(), name, "a string or a list", value);
    List<JsonNode> elements = fields.list(name, MAX_TOKENS).orElse(List.of());
    if (elements.isEmpty()) {
      throw ApiException.invalid(name, name + ": expected at least one input, got none");
    }
    if (elements.getFirst().isNumber()) {
      return List.of(tokens(fields, name, elements));
    }
    fields.list(name, MAX_INPUTS);
    List<Input> inputs = new ArrayList<>();
    for (int i = 0; i < elements.size(); i++) {
      JsonNode element = elements.get(i);
      String indexed = name + "[" + i + "]";
      fields.require(
          element.isTextual() || element.isArray(),
          indexed,
          "a string or a list of token ids",
          element);
      inputs.add(
          element.isTextual()
              ? text(fields, indexed, element)
              : tokens(fields, indexed, element.valueStream().toList()));
    }
    return inputs;
  }

  private static Input text(Fields fields, String name, JsonNode value) {
    fields.require(!value.textValue().isEmpty(), name, "a text", value);
    return new Input.Text(value.textValue());
  }

  private static Input tokens(Fields fields, String name, List<JsonNode> elements) {
    if (elements.isEmpty()) {
      throw ApiException.invalid(name, name + ": expected at least one token, got none");
    }
    return new Input.Tokens(ids(fields, name, elements));
  }

  static int[] ids(Fields fields, String name, List<JsonNode> elements) {
    int[] ids = new int[elements.size()];
    for (int i = 0; i < ids.length; i++) {
      JsonNode id = elements.get(i);
      fields.require(
          id.isIntegralNumber() && id.canConvertToInt() && id.intValue() >= 0,
          name + "[" + i + "]",
          "a token id",
          id);
      ids[i] = id.intValue();
    }
    return ids;
  }
}
