package dev.jmr.bench.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class CaseSelectionTest {
  private static final List<String> ALL = List.of();

  private static List<String> cases(
      List<String> families, List<String> types, List<String> shapes, List<String> places) {
    return new CaseSelection(families, types, shapes, places, List.of(64), List.of(0, 32))
        .cases().stream().map(KernelCase::toString).toList();
  }

  @Test
  void everyFamilyIsMeasuredWhenNothingIsAskedFor() {
    List<KernelCase> cases =
        new CaseSelection(ALL, ALL, ALL, ALL, List.of(64), List.of(32)).cases();
    assertThat(cases).extracting(KernelCase::family).contains(KernelFamily.values());
    assertThat(cases).doesNotHaveDuplicates();
  }

  @Test
  void whatIsAskedForIsCombined() {
    assertThat(
            cases(
                List.of("dot", "panel"),
                List.of("q4_k", "Q5_1"),
                List.of("attn_k"),
                List.of("cache")))
        .containsExactly(
            "dot Q4_K attn_k cache T=1 depth=0",
            "dot Q5_1 attn_k cache T=1 depth=0",
            "panel Q4_K attn_k cache T=64 depth=0",
            "panel Q5_1 attn_k cache T=64 depth=0");
  }

  @Test
  void attentionIsMeasuredAtEachDepth() {
    assertThat(cases(List.of("attention", "attention-prompt"), ALL, List.of("0.6b"), ALL))
        .containsExactly(
            "attention F16 0.6b memory T=1 depth=0",
            "attention F16 0.6b memory T=1 depth=32",
            "attention-prompt F16 0.6b cache T=64 depth=0",
            "attention-prompt F16 0.6b cache T=64 depth=32");
  }

  @Test
  void rowsAndColumnsMakeAShape() {
    assertThat(cases(List.of("unpack"), List.of("F32"), List.of("7x33"), List.of("memory")))
        .containsExactly("unpack F32 7x33 memory T=1 depth=0");
    assertThat(KernelShape.matrix("7x33")).contains(new KernelShape.Matrix("7x33", 7, 33));
  }

  @Test
  void familiesWithoutSuchAShapeAreLeftOut() {
    assertThat(cases(ALL, List.of("F32"), List.of("1b"), List.of("cache")))
        .isNotEmpty()
        .noneMatch(text -> text.startsWith("dot"))
        .anyMatch(text -> text.startsWith("rope"));
  }

  @Test
  void namesThatAreNotKnownAreAnsweredWithThoseThatAre() {
    assertThatThrownBy(() -> cases(List.of("dott"), ALL, ALL, ALL))
        .hasMessage(
            "kernel family 'dott' is not known; known: dot, panel, unpack, attention, attention-prompt, rms-norm, rope, silu");
    assertThatThrownBy(() -> cases(ALL, List.of("Q9"), ALL, ALL))
        .hasMessageStartingWith("tensor type 'Q9' is not known; known: F32, ");
    assertThatThrownBy(() -> cases(ALL, ALL, List.of("ffn"), ALL))
        .hasMessageStartingWith("shape 'ffn' is not known; known: attn_q, ")
        .hasMessageEndingWith("and RxC up to 1048576x262144");
    assertThatThrownBy(() -> cases(ALL, ALL, ALL, List.of("disk")))
        .hasMessage("place 'disk' is not known; known: cache, memory");
  }

  @Test
  void shapesThatCannotBeHeldAreRefused() {
    for (String shape :
        List.of("0x32", "32x0", "1048577x32", "32x262145", "99999999999x1", "-1x2")) {
      assertThatThrownBy(() -> cases(ALL, ALL, List.of(shape), ALL))
          .hasMessageStartingWith("shape '" + shape + "' is not known");
    }
  }

  @Test
  void refusesWhatLeavesNothing() {
    assertThatThrownBy(() -> cases(List.of("attention"), List.of("Q4_K"), ALL, ALL))
        .hasMessageContaining("no family has what was asked for together");
  }

  @Test
  void refusesCountsOutOfRange() {
    assertThatThrownBy(() -> new CaseSelection(ALL, ALL, ALL, ALL, List.of(0), List.of()))
        .hasMessage("tokens: expected 1 to 1024, got 0");
    assertThatThrownBy(() -> new CaseSelection(ALL, ALL, ALL, ALL, List.of(), List.of(-1)))
        .hasMessage("depth: expected 0 to 131072, got -1");
  }
}
