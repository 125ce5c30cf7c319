package dev.jmr.model.arch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jmr.gguf.GgufMetadata;
import dev.jmr.gguf.GgufValue;
import dev.jmr.tensor.graph.ExpertSpec;
import dev.jmr.tensor.graph.ExpertSpec.Gating;
import dev.jmr.tensor.graph.Glu;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExpertKeysTest {
  private static final ExpertSpec SPEC = ExpertSpec.of(16, 2, Glu.SWIGLU);

  private final Map<String, GgufValue> metadata = new LinkedHashMap<>();

  ExpertKeysTest() {
    metadata.put("general.architecture", GgufValue.string("deepseek2"));
  }

  private void put(String suffix, GgufValue value) {
    metadata.put("deepseek2." + suffix, value);
  }

  private ExpertSpec apply(ExpertSpec spec) {
    return ExpertKeys.apply(ArchitectureKeys.of(GgufMetadata.of(metadata)), spec);
  }

  @Test
  void leaveWhatTheFileDoesNotSay() {
    ExpertSpec sigmoid = SPEC.withGating(Gating.SIGMOID).withWeightsNorm();
    put("expert_gating_func", GgufValue.uint32(0));
    put("expert_weights_scale", GgufValue.float32(0));
    put("expert_group_count", GgufValue.uint32(1));
    assertThat(apply(sigmoid)).isEqualTo(sigmoid);
  }

  @Test
  void sayHowExpertsAreWeighed() {
    put("expert_gating_func", GgufValue.uint32(2));
    put("expert_weights_norm", GgufValue.bool(true));
    put("expert_weights_scale", GgufValue.float32(2.5f));
    put("expert_group_count", GgufValue.uint32(8));
    put("expert_group_used_count", GgufValue.uint32(4));
    assertThat(apply(SPEC))
        .isEqualTo(
            SPEC.withGating(Gating.SIGMOID)
                .withWeightsNorm()
                .withWeightsScale(2.5f)
                .withGroups(8, 4));
  }

  @Test
  void rejectAGatingThatIsNotKnown() {
    put("expert_gating_func", GgufValue.uint32(4));
    assertThatThrownBy(() -> apply(SPEC))
        .isInstanceOf(UnsupportedModelException.class)
        .hasMessage(
            "deepseek2.expert_gating_func: expected 1 (softmax), 2 (sigmoid) or 3 (softmax of the chosen), got 4");
  }
}
