package dev.jmr.model.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class PlainJsonTest {
  @Test
  void refusesNumbersThatJsonCannotHold() {
    assertThatThrownBy(() -> PlainJson.read("[1e400]"))
        .isInstanceOf(ChatTemplateException.class)
        .hasMessage("json: expected numbers between -1.8e308 and 1.8e308, got Infinity");
    assertThatThrownBy(() -> PlainJson.write(Map.of("a", Double.NaN)))
        .isInstanceOf(ChatTemplateException.class);
    assertThat(PlainJson.write(PlainJson.read("[1e300, 9]").orElseThrow()))
        .isEqualTo("[1.0E300,9]");
  }
}
