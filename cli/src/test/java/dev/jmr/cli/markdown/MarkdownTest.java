package dev.jmr.cli.markdown;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class MarkdownTest {
  private static final Map<String, String> STYLES =
      Map.of("0", "[-]", "0;1", "[b]", "0;3", "[i]", "0;36", "[c]", "0;90", "[g]", "0;1;4", "[h]");

  /// Renders a text in pieces of so many characters, with styles as letters in brackets.
  private static String render(String text, int piece) {
    StringBuilder out = new StringBuilder();
    Markdown markdown = new Markdown(out::append);
    for (int i = 0; i < text.length(); i += piece) {
      markdown.write(text.substring(i, Math.min(text.length(), i + piece)));
    }
    markdown.end();
    String shown = out.toString();
    for (Map.Entry<String, String> style : STYLES.entrySet()) {
      shown = shown.replace("\u001b[" + style.getKey() + "m", style.getValue());
    }
    return shown;
  }

  private static String render(String text) {
    String whole = render(text, text.length());
    for (int piece = 1; piece < text.length(); piece++) {
      assertThat(render(text, piece)).as("in pieces of %d", piece).isEqualTo(whole);
    }
    return whole;
  }

  @Test
  void rendersBoldItalicAndCode() {
    assertThat(render("a **bold** and *it* and `x*y*z`."))
        .isEqualTo("a [b]bold[-] and [i]it[-] and [c]x*y*z[-].");
  }

  @Test
  void leavesStarsThatMarkNothing() {
    assertThat(render("2 * 3 ** 4, a*b*c")).isEqualTo("2 * 3 ** 4, a*b*c");
  }

  @Test
  void rendersHeadingsListsAndQuotes() {
    assertThat(render("## Why\n- one\n  * two\n1. three\n> said\n#hash\n-5"))
        .isEqualTo("[h]Why[-]\n• one\n  • two\n1. three\n[g]│ said[-]\n#hash\n-5");
  }

  @Test
  void leavesCodeAsItIs() {
    assertThat(render("```java\n# not *a* heading\n- x\n```\n*i*"))
        .isEqualTo("[g]```java[-]\n[c]# not *a* heading[-]\n[c]- x[-]\n[g]```[-]\n[i]i[-]");
  }

  @Test
  void endsWhatIsLeftOpen() {
    assertThat(render("**half")).isEqualTo("[b]half[-]");
  }
}
