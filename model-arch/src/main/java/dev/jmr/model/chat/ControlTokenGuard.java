package dev.jmr.model.chat;

import dev.jmr.model.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Keeps people and tools from ending their turns: what they write is searched for the texts of control tokens, which are
/// marked on their way through the template and then read as plain text.
///
/// The mark is a noncharacter of Unicode, which nobody may exchange; where a text has it all the same, it is dropped.
final class ControlTokenGuard {
  private static final char MARK = '\uFDD0';

  private final Tokenizer tokenizer;

  ControlTokenGuard(Tokenizer tokenizer) {
    this.tokenizer = tokenizer;
  }

  /// The text with a mark before each control token.
  String mark(String text) {
    String clean = text.indexOf(MARK) < 0 ? text : text.replace(String.valueOf(MARK), "");
    BitSet starts = tokenizer.controlTokens(clean);
    if (starts.isEmpty()) {
      return clean;
    }
    StringBuilder marked = new StringBuilder(clean.length() + starts.cardinality());
    for (int i = 0; i < clean.length(); i++) {
      if (starts.get(i)) {
        marked.append(MARK);
      }
      marked.append(clean.charAt(i));
    }
    return marked.toString();
  }

  /// A JSON object with a mark before each control token of its texts and names.
  Map<String, Object> mark(Map<String, Object> members) {
    Map<String, Object> marked = new LinkedHashMap<>();
    members.forEach((name, value) -> {
      Object other = markValue(value);
      marked.put(mark(name), other == null ? value : other);
    });
    return marked;
  }

  private @Nullable Object markValue(@Nullable Object value) {
    return switch (value) {
      case String text -> mark(text);
      case Map<?, ?> members -> {
        Map<String, @Nullable Object> marked = new LinkedHashMap<>();
        members.forEach((name, each) -> marked.put(mark(String.valueOf(name)), markValue(each)));
        yield marked;
      }
      case List<?> elements -> {
        List<@Nullable Object> marked = new ArrayList<>();
        elements.forEach(each -> marked.add(markValue(each)));
        yield marked;
      }
      case null, default -> value;
    };
  }

  /// The rendered text without the marks, and where they stood.
  static RenderedPrompt unmark(String rendered) {
    BitSet literal = new BitSet();
    if (rendered.indexOf(MARK) < 0) {
      return new RenderedPrompt(rendered, literal);
    }
    StringBuilder text = new StringBuilder(rendered.length());
    for (int i = 0; i < rendered.length(); i++) {
      if (rendered.charAt(i) == MARK) {
        literal.set(text.length());
      } else {
        text.append(rendered.charAt(i));
      }
    }
    return new RenderedPrompt(text.toString(), literal);
  }
}
