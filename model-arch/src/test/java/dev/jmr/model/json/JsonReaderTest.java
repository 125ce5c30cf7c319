package dev.jmr.model.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jmr.model.json.JsonValue.JsonNumber;
import dev.jmr.model.json.JsonValue.JsonObject;
import dev.jmr.model.json.JsonValue.JsonString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "true",
        "false",
        "0",
        "-0",
        "12.50e-7",
        "\"\"",
        "[]",
        "{}",
        "[1,[2,{\"b\":null,\"a\":[]}]]",
        "\"\\\"\\\\\\n\\u0001é😀/\"",
      })
  void writesWhatItReads(String json) {
    assertThat(JsonReader.read(json)).hasToString(json);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "nul",
        "nulll",
        "tru",
        "01",
        "-",
        "1.",
        ".5",
        "1e",
        "+1",
        "NaN",
        "[1,]",
        "[1 2]",
        "[",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{a:1}",
        "{\"a\":1,\"a\":2}",
        "\"",
        "\"\\x\"",
        "\"\\u12g4\"",
        "\"\\ud800\"",
        "\"\\ud800x\"",
        "\"\\udc00\"",
        "\"\t\"",
        "1 1",
        "// c\n1",
        "'a'",
        "\u00a01",
        "\"\\u١٢٣٤\"",
      })
  void refusesWhatIsNotJson(String text) {
    assertThatThrownBy(() -> JsonReader.read(text)).isInstanceOf(JsonException.class);
  }

  @Test
  void readsEscapesAndSpace() {
    assertThat(JsonReader.read(" [ \"\\u00e9\\ud83d\\ude00\\/\" , 1 ]\n"))
        .hasToString("[\"é😀/\",1]");
  }

  @Test
  void keepsTheOrderOfMembers() {
    JsonObject object = (JsonObject) JsonReader.read("{\"z\":1,\"a\":2,\"m\":3}");
    assertThat(object.members().keySet()).containsExactly("z", "a", "m");
    assertThat(object.with("a", new JsonString("x")).without("z"))
        .hasToString("{\"a\":\"x\",\"m\":3}");
  }

  @Test
  void tellsWhereItWentWrong() {
    assertThatThrownBy(() -> JsonReader.read("[1, 2, x]"))
        .hasMessage("json at offset 7: expected a value, got 'x'");
    assertThatThrownBy(() -> JsonReader.read("{\"a\":1,\"a\":2}"))
        .hasMessage("json at offset 7: expected different names, got 'a' again");
  }

  @Test
  void everyCutTextIsAnErrorAtItsEnd() {
    String json = "{\"a\":[true,null,\"x\\u00e9\"],\"b\":{\"c\":-1.5e3}}";
    for (int length = 0; length < json.length(); length++) {
      String cut = json.substring(0, length);
      assertThatThrownBy(() -> JsonReader.read(cut))
          .isInstanceOfSatisfying(
              JsonException.class, e -> assertThat(e.offset()).isEqualTo(cut.length()));
    }
  }

  @Test
  void keepsToItsLimits() {
    JsonLimits limits = new JsonLimits(100, 3, 5, 4);
    assertThat(JsonReader.read("[[[1234]]]", limits)).hasToString("[[[1234]]]");
    assertThatThrownBy(() -> JsonReader.read("[[[[]]]]", limits))
        .hasMessageContaining("at most 3 nested");
    assertThatThrownBy(() -> JsonReader.read("[1,2,3,4,5]", limits))
        .hasMessageContaining("at most 5 values");
    assertThatThrownBy(() -> JsonReader.read("12345", limits))
        .hasMessageContaining("at most 4 characters, got 5");
    assertThatThrownBy(() -> JsonReader.read(" ".repeat(101), limits))
        .hasMessageContaining("at most 100 characters");
    assertThatThrownBy(() -> JsonReader.read("[".repeat(100_000)))
        .isInstanceOf(JsonException.class);
  }

  @Test
  void readsTheValueThatBeginsSomewhere() {
    JsonReader.Prefix prefix = JsonReader.readPrefix("call {\"a\":1} rest", 4, JsonLimits.STANDARD);
    assertThat(prefix.value()).hasToString("{\"a\":1}");
    assertThat(prefix.end()).isEqualTo(12);
  }

  @Test
  void numbersWithHugeExponentsHaveNoDecimal() {
    assertThat(new JsonNumber("1e999999").decimal()).isEmpty();
    assertThat(new JsonNumber("1e99999999999999").decimal()).isEmpty();
    assertThat(new JsonNumber("-1.50").decimal())
        .hasValueSatisfying(d -> assertThat(d).isEqualByComparingTo("-1.5"));
  }
}
