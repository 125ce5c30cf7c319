package dev.jmr.model.tokenizer;

/// What kind of token an entry of the vocabulary is. Source: the values of `tokenizer.ggml.token_type`.
public enum TokenType {
  /// Not stated, or a value that nobody knows; never part of a text.
  UNDEFINED(0),
  /// A piece of text.
  NORMAL(1),
  /// Stands for what the vocabulary cannot express; never part of a text.
  UNKNOWN(2),
  /// Structure, such as `<|im_start|>`; read in a text only where asked for, and not part of a decoded text.
  CONTROL(3),
  /// A piece of text that is never cut.
  USER_DEFINED(4),
  /// A reserved place.
  UNUSED(5),
  /// One byte, written `<0x0A>`.
  BYTE(6);

  private static final TokenType[] BY_ID = values();

  private final int id;

  TokenType(int id) {
    this.id = id;
  }

  /// The number of this type in GGUF.
  public int id() {
    return id;
  }

  /// The type with this number, [#UNDEFINED] when there is none.
  static TokenType ofId(int id) {
    return id >= 0 && id < BY_ID.length ? BY_ID[id] : UNDEFINED;
  }
}
