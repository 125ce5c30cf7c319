package dev.jmr.model.template.syntax;

import dev.jmr.model.template.syntax.Token.Kind;
import dev.jmr.model.template.value.Whitespace;
import java.util.ArrayList;
import java.util.List;

/// Cuts a source into text, comments, and the tokens between `{{ }}` and `{% %}`, and does the whitespace control.
final class Lexer {
  private final String source;
  private final SyntaxOptions options;
  private final List<Token> tokens = new ArrayList<>();
  private final Lines lines;
  private int at;

  /// Whether what was read last ended a line, or nothing was read yet.
  private boolean lineStarts = true;

  private Lexer(String source, SyntaxOptions options) {
    this.source = source;
    this.options = options;
    this.lines = new Lines(source);
  }

  static List<Token> tokens(String source, SyntaxOptions options) {
    String lines = source.replace("\r\n", "\n").replace('\r', '\n');
    boolean cut = lines.endsWith("\n") && !options.keepTrailingNewline();
    return new Lexer(cut ? lines.substring(0, lines.length() - 1) : lines, options).read();
  }

  private List<Token> read() {
    for (int open = nextOpening(at); open >= 0; open = nextOpening(at)) {
      char kind = source.charAt(open + 1);
      int begin = open + 2;
      char sign = begin < source.length() ? source.charAt(begin) : ' ';
      int afterSign = sign == '-' || sign == '+' ? begin + 1 : begin;
      data(textBefore(open, sign, kind != '{'));
      at = afterSign;
      switch (kind) {
        case '#' -> comment(open);
        case '{' -> code(open, Kind.VARIABLE_BEGIN);
        default -> block(open);
      }
    }
    data(source.substring(at));
    tokens.add(new Token(Kind.END, "", lines.position(source.length())));
    return tokens;
  }

  private int nextOpening(int from) {
    for (int i = source.indexOf('{', from); i >= 0; i = source.indexOf('{', i + 1)) {
      if (i + 1 < source.length() && "{%#".indexOf(source.charAt(i + 1)) >= 0) {
        return i;
      }
    }
    return -1;
  }

  private String textBefore(int open, char sign, boolean block) {
    String text = source.substring(at, open);
    if (sign == '-') {
      return text.substring(0, endOfText(text));
    } else if (sign != '+' && options.lstripBlocks() && block) {
      int line = text.lastIndexOf('\n') + 1;
      boolean blank = endOfText(text.substring(line)) == 0;
      return blank && (line > 0 || lineStarts) ? text.substring(0, line) : text;
    }
    return text;
  }

  private static int endOfText(String text) {
    int end = text.length();
    while (end > 0 && Whitespace.is(text.charAt(end - 1))) {
      end--;
    }
    return end;
  }

  private void data(String text) {
    if (!text.isEmpty()) {
      tokens.add(new Token(Kind.DATA, text, lines.position(at)));
    }
  }

  private void comment(int open) {
    int end = source.indexOf("#}", at);
    if (end < 0) {
      throw lines.position(open).error("comment is not closed: expected '#}'");
    }
    char sign = end > at ? source.charAt(end - 1) : ' ';
    close(end + 2, sign, true);
  }

  /// Goes on behind a closing delimiter: whitespace goes after `-`, the first newline where blocks are trimmed.
  private void close(int end, char sign, boolean block) {
    at = end;
    if (sign == '-') {
      while (at < source.length() && Whitespace.is(source.charAt(at))) {
        at++;
      }
    } else if (block && sign != '+' && options.trimBlocks() && source.startsWith("\n", at)) {
      at++;
    }
    lineStarts = source.charAt(at - 1) == '\n';
  }

  private void block(int open) {
    int word = skipWhitespace(at);
    if (source.startsWith("raw", word)) {
      int end = skipWhitespace(word + 3);
      boolean trim = source.startsWith("-%}", end);
      if (trim || source.startsWith("%}", end)) {
        close(end + (trim ? 3 : 2), trim ? '-' : '+', false);
        raw(open);
        return;
      }
    }
    code(open, Kind.BLOCK_BEGIN);
  }

  private void raw(int open) {
    for (int i = source.indexOf("{%", at); i >= 0; i = source.indexOf("{%", i + 2)) {
      char sign = i + 2 < source.length() ? source.charAt(i + 2) : ' ';
      int word = skipWhitespace(sign == '-' || sign == '+' ? i + 3 : i + 2);
      if (!source.startsWith("endraw", word)) {
        continue;
      }
      int end = skipWhitespace(word + 6);
      char endSign = end < source.length() ? source.charAt(end) : ' ';
      int close = endSign == '-' || endSign == '+' ? end + 1 : end;
      if (source.startsWith("%}", close)) {
        data(textBefore(i, sign, true));
        close(close + 2, endSign, true);
        return;
      }
    }
    throw lines.position(open).error("raw block is not closed: expected '{% endraw %}'");
  }

  private int skipWhitespace(int from) {
    int i = from;
    while (i < source.length() && Whitespace.is(source.charAt(i))) {
      i++;
    }
    return i;
  }

  private void code(int open, Kind begin) {
    Position position = lines.position(open);
    boolean block = begin == Kind.BLOCK_BEGIN;
    tokens.add(new Token(begin, "", position));
    CodeLexer code = new CodeLexer(source, lines, at, block ? "%}" : "}}", tokens);
    code.read(position);
    tokens.add(
        new Token(block ? Kind.BLOCK_END : Kind.VARIABLE_END, "", lines.position(code.closing())));
    close(code.end(), code.sign(), block);
  }
}
