package dev.jmr.model.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jmr.gguf.GgufMetadata;
import dev.jmr.gguf.GgufValue;
import dev.jmr.model.arch.ArchitectureKeys;
import dev.jmr.model.arch.ModelException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PoolingTest {
  private static ArchitectureKeys keys(Map<String, GgufValue> more) {
    Map<String, GgufValue> all = new HashMap<>(more);
    all.put("general.architecture", GgufValue.string("bert"));
    return ArchitectureKeys.of(GgufMetadata.of(all));
  }

  private static Pooling of(int id) {
    return Pooling.of(keys(Map.of("bert.pooling_type", GgufValue.int32(id))));
  }

  @ParameterizedTest
  @CsvSource({"-1, NONE", "0, NONE", "1, MEAN", "2, CLS", "3, LAST", "4, RANK"})
  void hasTheNumbersOfLlamaCpp(int id, Pooling expected) {
    assertThat(of(id)).isEqualTo(expected);
  }

  @Test
  void isNoneWhereTheFileSaysNothing() {
    assertThat(Pooling.of(keys(Map.of()))).isEqualTo(Pooling.NONE);
  }

  @Test
  void rejectsANumberThatIsNone() {
    assertThatThrownBy(() -> of(5))
        .isInstanceOf(ModelException.class)
        .hasMessage("bert.pooling_type: expected an integer in -1..4, got 5");
  }

  @Test
  void isWrittenInLowerCase() {
    assertThat(Pooling.LAST).hasToString("last");
  }
}
