package dev.jmr.runtime.local;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ChunkBudgetTest {
  private final ChunkBudget budget = new ChunkBudget(512);

  @Test
  void givesAllWhereNobodyWaits() {
    budget.ran(512, 512, 1_000_000_000_000L);

    assertThat(budget.tokens(0)).isEqualTo(512);
  }

  @Test
  void givesOnePanelUntilItKnowsMore() {
    assertThat(budget.tokens(1)).isEqualTo(31);
    assertThat(budget.tokens(16)).isEqualTo(16);
    assertThat(budget.tokens(20)).isEqualTo(44);
    assertThat(new ChunkBudget(8).tokens(1)).isEqualTo(8);
  }

  @Test
  void givesWhatKeepsTheStepShort() {
    budget.ran(512, 512, 512 * ChunkBudget.STEP_NANOS / 200);
    assertThat(budget.tokens(2)).isEqualTo(6 * 32 - 2);
    for (int i = 0; i < 20; i++) {
      budget.ran(192, 190, 192 * ChunkBudget.STEP_NANOS / 70);
    }
    assertThat(budget.tokens(2)).isEqualTo(62);
    for (int i = 0; i < 20; i++) {
      budget.ran(64, 62, 64 * ChunkBudget.STEP_NANOS);
    }
    assertThat(budget.tokens(2)).isEqualTo(30);
    for (int i = 0; i < 60; i++) {
      budget.ran(32, 30, 1);
    }
    assertThat(budget.tokens(2)).isEqualTo(512);
  }

  @Test
  void takesLongerWhereItPays() {
    budget.ran(512, 512, 512 * ChunkBudget.LONGEST_NANOS / 70);
    assertThat(budget.tokens(12)).isEqualTo(64 - 12);
    assertThat(budget.tokens(50)).isEqualTo(46);
    for (int i = 0; i < 60; i++) {
      budget.ran(64, 52, 64 * ChunkBudget.LONGEST_NANOS / 60);
    }
    assertThat(budget.tokens(12)).isEqualTo(32 - 12);
  }

  @Test
  void learnsNothingFromStepsWithHardlyAnyPrompt() {
    budget.ran(30, 3, 3);

    assertThat(budget.tokens(1)).isEqualTo(31);
  }
}
