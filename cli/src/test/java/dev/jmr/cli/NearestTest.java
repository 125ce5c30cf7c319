package dev.jmr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class NearestTest {
  private static final List<String> KNOWN = List.of("--temp", "--top-k", "--seed");

  @Test
  void findsTheWordThatWasMeant() {
    assertThat(Nearest.of("--tmp", KNOWN)).hasValue("--temp");
    assertThat(Nearest.of("--topk", KNOWN)).hasValue("--top-k");
    assertThat(Nearest.of("--seeed", KNOWN)).hasValue("--seed");
  }

  @Test
  void isSilentWhereNothingIsNear() {
    assertThat(Nearest.of("--verbosity", KNOWN)).isEmpty();
    assertThat(Nearest.of("x", List.of())).isEmpty();
  }
}
