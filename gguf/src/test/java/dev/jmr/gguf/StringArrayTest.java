package dev.jmr.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StringArrayTest {
  @Test
  void decodesEachString() {
    StringArray strings = StringArray.of(List.of("", "Ġthe", "日本", "🦙"));
    assertThat(strings.size()).isEqualTo(4);
    assertThat(strings.get(0)).isEmpty();
    assertThat(strings.get(3)).isEqualTo("🦙");
    assertThat(strings.toList()).containsExactly("", "Ġthe", "日本", "🦙");
  }

  @Test
  void givesBytesThatAreNotUtf8AsTheyAre() {
    byte[] token = {(byte) 0xE2, (byte) 0x96};
    byte[] file =
        RawGguf.withValue(
            ValueType.ARRAY,
            out -> {
              out.int32(ValueType.STRING.id());
              out.int64(1);
              out.int64(token.length);
              out.raw(token);
            });
    StringArray strings = RawGguf.parse(file).metadata().strings("some.key").orElseThrow();
    assertThat(strings.bytes(0)).isEqualTo(token);
    assertThat(strings.get(0)).isEqualTo("\uFFFD");
  }

  @Test
  void readsMoreStringsThanItFirstMakesRoomFor() {
    List<String> vocabulary = IntStream.range(0, 5000).mapToObj(i -> "token" + i).toList();
    byte[] file =
        new HeaderEncoder(Map.of("tokens", GgufValue.strings(vocabulary)), List.of()).encode();
    assertThat(RawGguf.parse(file).metadata().strings("tokens").orElseThrow().toList())
        .isEqualTo(vocabulary);
  }

  @Test
  void copiesBytesOut() {
    StringArray strings = StringArray.of(List.of("abc"));
    strings.bytes(0)[0] = 'x';
    assertThat(strings.bytes(0)).isEqualTo("abc".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void refusesIndicesOutOfBounds() {
    StringArray strings = StringArray.of(List.of("a"));
    assertThatThrownBy(() -> strings.get(1)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> strings.bytes(-1)).isInstanceOf(IndexOutOfBoundsException.class);
  }
}
