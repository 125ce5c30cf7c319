package dev.jmr.model.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CharsMapTest {

  private static String replaced(CharsMap map, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    long match = map.match(bytes, 0, bytes.length);
    if (match == CharsMap.NONE) {
      return "nothing";
    }
    StringBuilder replacement = new StringBuilder();
    for (int i = (int) match; map.replacement(i) != 0; i++) {
      replacement.append((char) map.replacement(i));
    }
    return "%d bytes by '%s'".formatted(match >> 32, replacement);
  }

  private static CharsMapBytes small() {
    return new CharsMapBytes()
        .replace("Ａ", "A")
        .replace("ﬁ", "fi")
        .replace("\u00AD", "")
        .replace("e\u0301", "E")
        .replace("ab", "1")
        .replace("abcd", "2");
  }

  @Test
  void findsTheLongestTextAndItsReplacement() {
    CharsMap map = CharsMap.of(small().encode());
    assertThat(replaced(map, "Ａb")).isEqualTo("3 bytes by 'A'");
    assertThat(replaced(map, "ﬁx")).isEqualTo("3 bytes by 'fi'");
    assertThat(replaced(map, "\u00ADx")).isEqualTo("2 bytes by ''");
    assertThat(replaced(map, "abcd")).isEqualTo("4 bytes by '2'");
    assertThat(replaced(map, "abce")).isEqualTo("2 bytes by '1'");
    assertThat(replaced(map, "ab\0")).isEqualTo("2 bytes by '1'");
    assertThat(replaced(map, "a")).isEqualTo("nothing");
    assertThat(replaced(map, "e")).isEqualTo("nothing");
    assertThat(replaced(map, "x")).isEqualTo("nothing");
    assertThat(replaced(CharsMap.empty(), "Ａ")).isEqualTo("nothing");
  }

  @Test
  void letsTextsShareTheirEnds() {
    CharsMapBytes bytes = small();
    byte[] encoded = bytes.link(bytes.unit("x"), bytes.children("a")).encode();
    CharsMap map = CharsMap.of(encoded);
    assertThat(replaced(map, "xb")).isEqualTo("2 bytes by '1'");
    assertThat(replaced(map, "xbcd")).isEqualTo("4 bytes by '2'");
    assertThat(replaced(map, "xa")).isEqualTo("nothing");
  }

  @Test
  void rejectsBytesCutOffAnywhere() {
    byte[] whole = small().encode();
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> CharsMap.of(cut))
          .isInstanceOf(TokenizerException.class)
          .hasMessageStartingWith("tokenizer.ggml.precompiled_charsmap: expected ");
    }
  }

  @Test
  void rejectsTextsThatRunInCircles() {
    CharsMapBytes bytes = small();
    byte[] cyclic = bytes.link(bytes.unit("a"), CharsMapBytes.BLOCK).encode();
    assertThatThrownBy(() -> CharsMap.of(cyclic))
        .isInstanceOf(TokenizerException.class)
        .hasMessage(
            "tokenizer.ggml.precompiled_charsmap: expected texts of at most 256 bytes, got a longer"
                + " one or a cycle; download or convert the model again");
  }

  @Test
  void rejectsTextsAndReplacementsThatAreTooLong() {
    assertThat(CharsMap.of(new CharsMapBytes().replace("x".repeat(256), "y").encode())).isNotNull();
    byte[] longText = new CharsMapBytes().replace("x".repeat(257), "y").encode();
    byte[] longReplacement = new CharsMapBytes().replace("x", "y".repeat(257)).encode();
    assertThatThrownBy(() -> CharsMap.of(longText)).hasMessageContaining("at most 256 bytes");
    assertThatThrownBy(() -> CharsMap.of(longReplacement))
        .isInstanceOf(TokenizerException.class)
        .hasMessageContaining("replacements of at most 256 bytes");
  }

  @Test
  void rejectsReplacementsThatLieOutsideOrDoNotEnd() {
    byte[] outside = small().point("q", 1000).encode();
    byte[] open = new CharsMapBytes().point("q", 0).append("open").encode();
    byte[] nowhere = small().point("q", 0).link(small().unit("Ａ"), 1 << 20).encode();
    assertThatThrownBy(() -> CharsMap.of(outside))
        .isInstanceOf(TokenizerException.class)
        .hasMessageContaining("expected a replacement below 12, got at 1000");
    assertThatThrownBy(() -> CharsMap.of(open))
        .isInstanceOf(TokenizerException.class)
        .hasMessageContaining("each with a zero behind it");
    assertThatThrownBy(() -> CharsMap.of(nowhere))
        .isInstanceOf(TokenizerException.class)
        .hasMessageContaining("expected an index below");
  }

  @Test
  void rejectsATrieLongerThanTheBytes() {
    byte[] encoded = small().encode();
    ByteBuffer.wrap(encoded).order(ByteOrder.LITTLE_ENDIAN).putInt(0, -1);
    assertThatThrownBy(() -> CharsMap.of(encoded))
        .isInstanceOf(TokenizerException.class)
        .hasMessageContaining("got a trie of 4294967295 bytes");
  }

  @Test
  void answersOrRejectsWhateverBytesThereAre() {
    Random random = new Random(1);
    byte[] text = "abcdeﬁＡe\u0301\u00ADabab".getBytes(StandardCharsets.UTF_8);
    for (int round = 0; round < 2000; round++) {
      byte[] bytes = small().encode();
      for (int change = random.nextInt(1, 6); change > 0; change--) {
        bytes[random.nextInt(4, bytes.length)] = (byte) random.nextInt();
      }
      try {
        CharsMap map = CharsMap.of(bytes);
        for (int at = 0; at < text.length; at++) {
          long match = map.match(text, at, text.length);
          if (match != CharsMap.NONE) {
            assertThat(match >> 32).isBetween(1L, (long) text.length - at);
            int length = 0;
            while (map.replacement((int) match + length) != 0) {
              length++;
            }
            assertThat(length).isLessThanOrEqualTo(CharsMap.MAX_LENGTH);
          }
        }
      } catch (TokenizerException e) {
        assertThat(e).hasMessageStartingWith("tokenizer.ggml.precompiled_charsmap: expected ");
      }
    }
  }
}
