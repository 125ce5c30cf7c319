package dev.jmr.server.registry.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChallengeTest {
  @Test
  void readsQuotedStringsWithCommasAndEscapes() {
    List<Challenge> challenges =
        Challenge.parse(
            List.of(
                "Bearer realm=\"https://auth.example/token?a=b\", service=\"the \\\"one\\\"\","
                    + "scope=\"repository:ai/x:pull,push\",error=insufficient_scope"));

    assertThat(challenges)
        .containsExactly(
            new Challenge(
                "bearer",
                Map.of(
                    "realm", "https://auth.example/token?a=b",
                    "service", "the \"one\"",
                    "scope", "repository:ai/x:pull,push",
                    "error", "insufficient_scope")));
  }

  @Test
  void readsSeveralChallengesInOneValueAndInSeveral() {
    assertThat(Challenge.parse(List.of("Basic realm=\"a, b\", Bearer realm=x", "NEGOTIATE")))
        .containsExactly(
            new Challenge("basic", Map.of("realm", "a, b")),
            new Challenge("bearer", Map.of("realm", "x")),
            new Challenge("negotiate", Map.of()));
  }

  @Test
  void takesTheFirstOfRepeatedParameters() {
    assertThat(
            Challenge.parse(List.of("Bearer realm=first, realm=second"))
                .getFirst()
                .parameter("realm"))
        .contains("first");
  }

  @Test
  void endsWithWhateverItIsGiven() {
    String text = "Bearer realm=\"a\\\"b\", scope=c,, =, Basic =\"\\";
    for (int length = 0; length <= text.length(); length++) {
      assertThat(Challenge.parse(List.of(text.substring(0, length)))).hasSizeLessThanOrEqualTo(3);
    }
    assertThat(Challenge.parse(List.of("\u0000\u00e9 = @@"))).isEmpty();
  }
}
