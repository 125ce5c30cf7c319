package dev.jmr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class IncubatorWarningTest {
  private static final String WARNING = "WARNING: Using incubator modules: jdk.incubator.vector";

  private static String skip(String text) throws IOException {
    ByteArrayOutputStream target = new ByteArrayOutputStream();
    IncubatorWarning.skip(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), target);
    return target.toString(StandardCharsets.UTF_8);
  }

  @Test
  void goesWhereItIsTheFirstLine() throws IOException {
    assertThat(skip(WARNING + "\nrest\n")).isEqualTo("rest\n");
    assertThat(skip(WARNING + "\r\nrest")).isEqualTo("rest");
    assertThat(skip(WARNING + "\n")).isEmpty();
    assertThat(skip(WARNING)).isEmpty();
  }

  @Test
  void everythingElseStays() throws IOException {
    assertThat(skip("")).isEmpty();
    assertThat(skip("jmr: é: no such file\n")).isEqualTo("jmr: é: no such file\n");
    assertThat(skip("WARNING: something else\n")).isEqualTo("WARNING: something else\n");
    assertThat(skip("first\n" + WARNING + "\n")).isEqualTo("first\n" + WARNING + "\n");
    assertThat(skip(WARNING + ", more\n")).isEqualTo(WARNING + ", more\n");
  }
}
