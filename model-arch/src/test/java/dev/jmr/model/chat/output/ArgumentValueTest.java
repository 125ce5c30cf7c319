package dev.jmr.model.chat.output;

import static dev.jmr.model.chat.output.ValueKind.ARRAY;
import static dev.jmr.model.chat.output.ValueKind.BOOLEAN;
import static dev.jmr.model.chat.output.ValueKind.INTEGER;
import static dev.jmr.model.chat.output.ValueKind.NULL;
import static dev.jmr.model.chat.output.ValueKind.NUMBER;
import static dev.jmr.model.chat.output.ValueKind.OBJECT;
import static dev.jmr.model.chat.output.ValueKind.STRING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jmr.model.json.JsonReader;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ArgumentValueTest {
  @Test
  void takesTextForTheTypeThatTheSchemaAsksFor() {
    assertThat(ArgumentValue.json("5", Set.of(INTEGER))).isEqualTo("5");
    assertThat(ArgumentValue.json(" 5\n", Set.of(NUMBER))).isEqualTo("5");
    assertThat(ArgumentValue.json("5", Set.of(STRING, NULL))).isEqualTo("\"5\"");
    assertThat(ArgumentValue.json("null", Set.of(STRING, NULL))).isEqualTo("null");
    assertThat(ArgumentValue.json("False", Set.of(BOOLEAN))).isEqualTo("false");
    assertThat(ArgumentValue.json("[1, \"a\"]", Set.of(ARRAY))).isEqualTo("[1, \"a\"]");
    assertThat(ArgumentValue.json("{\"a\": 1", Set.of(OBJECT))).isEqualTo("\"{\\\"a\\\": 1\"");
    assertThat(ArgumentValue.json("five", Set.of(INTEGER))).isEqualTo("\"five\"");
  }

  @Test
  void takesWhatReadsAsJsonForJsonWhereTheTypeIsNotKnown() {
    assertThat(ArgumentValue.json("-1.5e3", Set.of())).isEqualTo("-1.5e3");
    assertThat(ArgumentValue.json("true", Set.of())).isEqualTo("true");
    assertThat(ArgumentValue.json("01", Set.of())).isEqualTo("\"01\"");
    assertThat(ArgumentValue.json("\"a\"", Set.of())).isEqualTo("\"\\\"a\\\"\"");
    assertThat(ArgumentValue.json("", Set.of())).isEqualTo("\"\"");
  }

  @Test
  void readsTheTypesOfParametersFromTheSchema() {
    ToolSignature tool =
        ToolSignature.of(
            "f",
            JsonReader.read(
                """
                {"type": "object", "$defs": {"u": {"enum": ["a", 1, null]}}, "properties": {
                  "a": {"type": "string"}, "b": {"type": ["integer", "null"]}, "c": {"$ref": "#/$defs/u"},
                  "d": {"anyOf": [{"type": "array"}, {"const": true}]}, "e": {}, "f": true,
                  "g": {"type": "object", "nullable": true}, "h": {"$ref": "#"}, "i": {"$ref": "#/properties/i"}}}
                """));
    assertThat(tool.kinds("a")).containsExactly(STRING);
    assertThat(tool.kinds("b")).containsExactlyInAnyOrder(INTEGER, NULL);
    assertThat(tool.kinds("c")).containsExactlyInAnyOrder(STRING, NUMBER, NULL);
    assertThat(tool.kinds("d")).containsExactlyInAnyOrder(ARRAY, BOOLEAN);
    assertThat(tool.kinds("g")).containsExactlyInAnyOrder(OBJECT, NULL);
    assertThat(tool.kinds("e")).isEmpty();
    assertThat(tool.kinds("f")).isEmpty();
    assertThat(tool.kinds("i")).isEmpty();
    assertThat(tool.kinds("none")).isEmpty();
  }
}
