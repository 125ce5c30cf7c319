package dev.jmr.model.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.jmr.model.Model;
import dev.jmr.model.TestModels;
import dev.jmr.tensor.TensorType;
import dev.jmr.tensor.backend.Backend;
import dev.jmr.tensor.backend.BackendOptions;
import dev.jmr.tensor.backend.Backends;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ForwardPassTest {
  private static final int[] TOKENS = TestModels.golden("tiny-llama3-bpe").promptIds();
  private static final float[] LAST = TestModels.golden("tiny-llama3-bpe").logits();

  private final Model model = Model.open(TestModels.path("tiny-llama3-bpe"));
  private final Backend backend =
      Backends.named(Backends.candidates(), "reference").open(BackendOptions.automatic());

  @AfterEach
  void close() {
    backend.close();
    model.close();
  }

  private ForwardPass pass(int batchTokens, int batchOutputs) {
    return new ForwardPass(
        model,
        backend,
        new ForwardPass.Limits(128, TOKENS.length, batchTokens, batchOutputs, TensorType.F32));
  }

  private static List<Integer> positions(ForwardPass pass, int from, int to) {
    List<Integer> positions = new ArrayList<>();
    pass.run(
        TOKENS,
        from,
        to,
        (position, count, logits) -> {
          for (int i = 0; i < count; i++) {
            positions.add(position + i);
          }
        });
    return positions;
  }

  @Test
  void handsOutThePositionsAskedForWhateverTheBatches() {
    for (int batch = 1; batch <= TOKENS.length; batch++) {
      try (ForwardPass pass = pass(batch, Math.min(batch, 6))) {
        assertThat(positions(pass, 10, 16)).containsExactly(10, 11, 12, 13, 14, 15);
        assertThat(positions(pass, 29, 30)).containsExactly(29);
        assertThat(positions(pass, 4, 4)).isEmpty();
      }
    }
  }

  @Test
  void startsAnewWithEverySequence() {
    try (ForwardPass pass = pass(7, 1)) {
      for (int i = 0; i < 2; i++) {
        pass.run(
            TOKENS,
            TOKENS.length - 1,
            TOKENS.length,
            (position, count, logits) -> {
              assertThat(position).isEqualTo(TOKENS.length - 1);
              assertThat(logits).containsExactly(LAST, within(2e-3f));
            });
        assertThat(positions(pass, 0, 1)).containsExactly(0);
      }
    }
  }

  @Test
  void refusesSequencesThatCannotBe() {
    try (ForwardPass pass = pass(8, 1)) {
      assertThatThrownBy(() -> pass.run(new int[0], 0, 0, (_, _, _) -> {}))
          .isInstanceOf(EvaluationException.class)
          .hasMessage("sequence: expected 1 to 30 tokens, got 0");
      assertThatThrownBy(() -> pass.run(Arrays.copyOf(TOKENS, 31), 0, 0, (_, _, _) -> {}))
          .hasMessage("sequence: expected 1 to 30 tokens, got 31");
      assertThatThrownBy(() -> pass.run(new int[] {1, 384}, 0, 0, (_, _, _) -> {}))
          .hasMessage("token id: expected 0 to 383, got 384");
    }
  }

  @Test
  void refusesMoreLogitsThanAnArrayHolds() {
    assertThatThrownBy(() -> pass(10_000_000, 10_000_000))
        .isInstanceOf(EvaluationException.class)
        .hasMessage(
            "batch: expected logits of at most 2147483639 floats, got 10000000 rows of 384; use smaller batches");
  }
}
