package dev.jmr.model.tokenizer;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/// Turns token ids into text as they come, whole characters only.
///
/// The bytes of a character that is not complete yet wait for the next token. Bytes that cannot be UTF-8 become U+FFFD
/// as soon as that is certain. For one thread.
public final class StreamingDecoder {
  private final VocabularyTokenizer tokenizer;
  private final DecodeOptions options;
  private final CharsetDecoder utf8 =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPLACE)
          .onUnmappableCharacter(CodingErrorAction.REPLACE);
  private ByteBuffer pending = ByteBuffer.allocate(64);
  private boolean atStart;

  StreamingDecoder(VocabularyTokenizer tokenizer, DecodeOptions options) {
    this.tokenizer = tokenizer;
    this.options = options;
    this.atStart = options.start() && tokenizer.startsWithSpace();
  }

  /// The text that this token completes; may be empty.
  ///
  /// @throws TokenizerException if there is no such token
  public String accept(int id) {
    byte[] bytes = options.special() ? tokenizer.bytesWithSpecial(id) : tokenizer.tokenBytes(id);
    if (bytes.length == 0) {
      return "";
    }
    int from = atStart && bytes[0] == ' ' ? 1 : 0;
    atStart = false;
    append(bytes, from);
    return decode(false);
  }

  /// What is left when no further token comes: U+FFFD for an unfinished character, else nothing. The decoder then
  /// stands at the beginning again.
  public String flush() {
    String rest = decode(true);
    utf8.reset();
    pending.clear();
    atStart = options.start() && tokenizer.startsWithSpace();
    return rest;
  }

  private void append(byte[] bytes, int from) {
    if (pending.remaining() < bytes.length - from) {
      pending.flip();
      pending = ByteBuffer.allocate(pending.limit() + bytes.length).put(pending);
    }
    pending.put(bytes, from, bytes.length - from);
  }

  private String decode(boolean end) {
    pending.flip();
    CharBuffer text = CharBuffer.allocate(pending.remaining() + 1);
    utf8.decode(pending, text, end);
    if (end) {
      utf8.flush(text);
    }
    pending.compact();
    return text.flip().toString();
  }
}
