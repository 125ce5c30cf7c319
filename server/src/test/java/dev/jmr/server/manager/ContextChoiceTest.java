package dev.jmr.server.manager;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jmr.runtime.EngineOptions;
import dev.jmr.runtime.MemoryNeed;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

final class ContextChoiceTest {
  private static final long GIB = 1L << 30;
  private static final EngineOptions AUTOMATIC = EngineOptions.defaults().withMaxSequences(8);

  /// A model of a GiB with a cache of 128 KiB per token.
  private static MemoryNeed need(EngineOptions options) {
    return new MemoryNeed(GIB, (long) options.cacheTokens() << 17, 1 << 20);
  }

  private static EngineOptions choose(int trained, long budget) {
    return ContextChoice.of(AUTOMATIC, OptionalInt.of(trained), budget, ContextChoiceTest::need);
  }

  @Test
  void isWhatTheModelWasTrainedWithWhereThereIsMemory() {
    EngineOptions chosen = choose(16_384, 64 * GIB);
    assertThat(chosen.contextLength()).isEqualTo(16_384);
    assertThat(chosen.cacheTokens()).isEqualTo(8 * 16_384);
    assertThat(choose(1 << 20, 64 * GIB).contextLength()).isEqualTo(ContextChoice.LONGEST);
  }

  @Test
  void isAsLongAsAQuarterOfTheMemoryHolds() {
    EngineOptions chosen = choose(1 << 17, 8 * GIB);
    assertThat(chosen.contextLength()).isEqualTo(16_384);
    assertThat(chosen.cacheTokens()).isEqualTo(16_384);
  }

  @Test
  void isShortRatherThanTooLarge() {
    assertThat(choose(1 << 17, GIB).contextLength()).isEqualTo(ContextChoice.SHORTEST);
    assertThat(choose(1 << 17, GIB / 100).contextLength()).isEqualTo(ContextChoice.SHORTEST);
  }

  @Test
  void isLeftToTheEngineForModelsWithShortContexts() {
    assertThat(choose(512, GIB)).isSameAs(AUTOMATIC);
    assertThat(ContextChoice.of(AUTOMATIC, OptionalInt.empty(), GIB, ContextChoiceTest::need))
        .isSameAs(AUTOMATIC);
  }
}
