package dev.jmr.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class TableTest {
  private static String print(Table table) {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    table.print(out);
    out.flush();
    return text.toString().replace(System.lineSeparator(), "\n");
  }

  @Test
  void makesColumnsAsWideAsTheirWidestCell() {
    assertThat(print(new Table("NAME", "SIZE").row("a", "1.2 GB").row("größer 𝄞", "")))
        .isEqualTo(
            """
            NAME       SIZE
            a          1.2 GB
            größer 𝄞
            """);
  }

  @Test
  void showsControlCharactersInsteadOfWritingThem() {
    assertThat(print(new Table("A").row("x\u001b[31m\ny"))).isEqualTo("A\nx\\u001b[31m\\ny\n");
  }

  @Test
  void rejectsRowsThatDoNotFitTheHeader() {
    assertThatThrownBy(() -> new Table("A", "B").row("x"))
        .hasMessage("table: expected 2 cells, got 1");
  }
}
