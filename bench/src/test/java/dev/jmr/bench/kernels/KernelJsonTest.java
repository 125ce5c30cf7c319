package dev.jmr.bench.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class KernelJsonTest {
  private static String text(KernelRun run) {
    StringWriter text = new StringWriter();
    KernelJson.write(run, text);
    return text.toString();
  }

  private static KernelRun read(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return KernelJson.read(new ByteArrayInputStream(bytes), "a.json");
  }

  @Test
  void readsWhatItWrote() {
    KernelRun run = TestRuns.run(123.25);
    assertThat(read(text(run))).isEqualTo(run);
  }

  @Test
  void skipsFieldsOfOtherVersions() {
    String text = text(TestRuns.run(5)).replaceFirst("\\{", "{\"note\": [{\"a\": [1]}],");
    assertThat(read(text)).isEqualTo(TestRuns.run(5));
  }

  @Test
  void refusesATruncatedDocumentAtEveryLength() {
    String text = text(TestRuns.run(5));
    for (int length = 0; length < text.length(); length++) {
      String part = text.substring(0, length);
      assertThatThrownBy(() -> read(part)).isInstanceOf(KernelBenchException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "7",
        "{\"peaks\": 1}",
        "{\"peaks\": [1]}",
        "{\"kernels\": [[]]}",
        "{\"kernels\": {}}",
        "x"
      })
  void refusesOtherDocuments(String text) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(KernelBenchException.class)
        .hasMessageStartingWith("a.json: expected what 'bench kernels -o json' prints, got");
  }

  @Test
  void namesTheFieldThatIsMissingOrNotANumber() {
    assertThatThrownBy(() -> read("{\"peaks\": [{}]}"))
        .isInstanceOf(KernelBenchException.class)
        .hasMessageContaining("expected a field 'width'");
    assertThatThrownBy(() -> read("{\"peaks\": [{\"width\": \"wide\"}]}"))
        .isInstanceOf(KernelBenchException.class)
        .hasMessageContaining("expected a number for 'width', got 'wide'");
  }
}
