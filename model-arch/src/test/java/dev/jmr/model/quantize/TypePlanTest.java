package dev.jmr.model.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jmr.gguf.Gguf;
import dev.jmr.model.arch.ModelException;
import dev.jmr.tensor.Tensor;
import dev.jmr.tensor.TensorType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TypePlanTest {
  static Stream<String> decisions() throws IOException {
    try (InputStream in = TypePlanTest.class.getResourceAsStream("/quantize/types.txt")) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().filter(line -> !line.startsWith("#"));
    }
  }

  @ParameterizedTest
  @MethodSource("decisions")
  void everyTensorGetsTheTypeThatLlamaQuantizeGivesIt(String line) {
    String[] words = line.split(" ", 3);
    FileType type = FileType.named(words[1].replace("+pure", ""));
    ModelSkeleton model = ModelSkeleton.named(words[0]);
    QuantizeOptions options = new QuantizeOptions(type, words[1].endsWith("+pure"), false, 1);

    TypePlan plan = TypePlan.of(model.metadata(), model.tensors(), options);

    assertThat(text(plan)).isEqualTo(words[2]);
  }

  /// The types of each role by block, runs of equals with their length.
  private static String text(TypePlan plan) {
    Map<String, List<TensorType>> roles =
        plan.tensors().stream()
            .filter(each -> !each.tensor().name().contains("norm"))
            .sorted(Comparator.comparingInt(each -> block(each.tensor().name())))
            .collect(
                Collectors.groupingBy(
                    each -> role(each.tensor().name()),
                    TreeMap::new,
                    Collectors.mapping(TypePlan.Assignment::type, Collectors.toList())));
    return roles.entrySet().stream()
        .map(role -> role.getKey() + "=" + runs(role.getValue()))
        .collect(Collectors.joining(" "));
  }

  private static int block(String name) {
    return name.startsWith("blk.") ? Integer.parseInt(name.split("\\.", 3)[1]) : -1;
  }

  private static String role(String name) {
    return name.replaceFirst("blk\\.\\d+\\.", "").replace(".weight", "");
  }

  private static String runs(List<TensorType> types) {
    StringBuilder text = new StringBuilder();
    int from = 0;
    for (int i = 1; i <= types.size(); i++) {
      if (i == types.size() || types.get(i) != types.get(from)) {
        text.append(from == 0 ? "" : ",").append(types.get(from));
        text.append(i - from == 1 ? "" : "*" + (i - from));
        from = i;
      }
    }
    return text.toString();
  }

  @ParameterizedTest
  @EnumSource(
      names = {"F32", "F16", "BF16"},
      mode = EnumSource.Mode.EXCLUDE)
  void aModelFromLlamaQuantizeIsTheTypeThatItClaims(FileType type) {
    String file = "/models/tinyq-llama-%s.gguf".formatted(type);
    try (Gguf gguf = Fixture.open(file)) {
      assertThat(gguf.metadata().integer("general.file_type")).hasValue(type.id());
      TypePlan plan = TypePlan.of(gguf, new QuantizeOptions(type, false, false, 1));
      assertThat(plan.tensors()).noneMatch(TypePlan.Assignment::converts);
    }
  }

  @Test
  void refusesToQuantizeAgainUnlessAsked() {
    try (Gguf gguf = Fixture.open("/models/tinyq-llama-Q4_K_M.gguf")) {
      assertThatThrownBy(
              () -> TypePlan.of(gguf, new QuantizeOptions(FileType.Q8_0, false, false, 1)))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("expected F32, F16 or BF16, got Q")
          .hasMessageContaining("--allow-requantize");
      TypePlan plan = TypePlan.of(gguf, new QuantizeOptions(FileType.Q8_0, false, true, 1));
      assertThat(plan.tensors()).anyMatch(TypePlan.Assignment::converts);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "blk.0.attn_norm.weight",
        "blk.0.ffn_gate_inp.weight",
        "blk.0.attn_q.bias",
        "position_embd.weight",
        "blk.0.ssm_conv1d.weight"
      })
  void leavesSmallMatricesThatMatterMuch(String name) {
    ModelSkeleton model = ModelSkeleton.named("llama-32");
    Tensor matrix = model.tensors().getFirst();
    Tensor tensor = new Tensor(name, matrix.type(), matrix.shape(), matrix.data());
    TypePlan plan =
        TypePlan.of(
            model.metadata(), List.of(tensor), new QuantizeOptions(FileType.Q4_0, false, false, 1));
    assertThat(plan.tensors().getFirst().type()).isEqualTo(TensorType.F16);
  }

  @Test
  void namesOfTypesAreThoseOfLlamaQuantize() {
    assertThat(FileType.named("q4_k")).isEqualTo(FileType.Q4_K_M);
    assertThat(FileType.named("Q2_K")).isEqualTo(FileType.Q2_K);
    assertThat(FileType.values()).allMatch(type -> FileType.ofId(type.id()).orElseThrow() == type);
    assertThat(FileType.ofId(999)).isEmpty();
    assertThatThrownBy(() -> FileType.named("IQ2_XXS"))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("'IQ2_XXS' cannot be quantized to; known: F32, ")
        .hasMessageContaining("Q4_K_M");
  }
}
