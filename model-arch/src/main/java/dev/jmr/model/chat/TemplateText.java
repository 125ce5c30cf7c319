package dev.jmr.model.chat;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The text of a Jinja template, made comparable: one way to quote, to index and to space, so that a marker matches however
/// its author wrote it. Quotes are `'`, `message['role']` is `message.role`, `\n` in a string is a line feed, and there is
/// no space around operators or inside the tags.
///
/// @param normalized the tags alone
/// @param outside what the template writes between its tags, with `trim_blocks` and `lstrip_blocks` on, as Hugging Face
///     renders
record TemplateText(String normalized, String outside) {
  private static final Pattern OPENING = Pattern.compile("\\{[{%#]");
  private static final Pattern INDEX = Pattern.compile("\\['([a-z_]+)'\\]");
  private static final Pattern OPERATOR = Pattern.compile("[ \\t]*([=!<>]=|=|\\+|\\|)[ \\t]*");

  static TemplateText of(String template) {
    StringBuilder tags = new StringBuilder();
    StringBuilder outside = new StringBuilder();
    Matcher opening = OPENING.matcher(template);
    int end = 0;
    while (opening.find(end)) {
      outside.append(written(template, end, opening.start()));
      int start = opening.end();
      char kind = template.charAt(start - 1);
      end = endOfTag(template, start, kind == '{' ? '}' : kind);
      if (kind != '#') {
        String body = template.substring(start, Math.max(start, end - 2));
        tags.append(opening.group()).append(expression(body));
        tags.append(kind == '{' ? "}}" : "%}");
      }
    }
    outside.append(written(template, end, template.length()));
    return new TemplateText(tags.toString(), outside.toString());
  }

  /// The offset behind the tag that `closing` and `}` end, not counting those inside of a string; the template's end, where
  /// nothing ends it.
  private static int endOfTag(String template, int start, char closing) {
    char quote = 0;
    for (int i = start; i + 1 < template.length(); i++) {
      char c = template.charAt(i);
      if (quote != 0) {
        i += c == '\\' ? 1 : 0;
        quote = c == quote ? 0 : quote;
      } else if (closing != '#' && (c == '\'' || c == '"')) {
        quote = c;
      } else if (c == closing && template.charAt(i + 1) == '}') {
        return i + 2;
      }
    }
    return template.length();
  }

  /// What is left of the text between two tags when they have swallowed what they swallow.
  private static String written(String template, int from, int to) {
    String text = template.substring(from, to);
    if (from >= 3 && template.charAt(from - 3) == '-') {
      text = text.stripLeading();
    }
    if (to + 2 < template.length() && template.charAt(to + 2) == '-') {
      return text.stripTrailing();
    }
    boolean lineStart = from == 0;
    if (text.startsWith("\n") && from > 0 && !template.startsWith("}}", from - 2)) {
      text = text.substring(1);
      lineStart = true;
    }
    if (template.startsWith("{%", to) || template.startsWith("{#", to)) {
      int line = text.lastIndexOf('\n') + 1;
      boolean indent = text.substring(line).isBlank() && (line > 0 || lineStart);
      return indent ? text.substring(0, line) : text;
    }
    boolean last = to == template.length() && text.endsWith("\n");
    return last ? text.substring(0, text.length() - 1) : text;
  }

  private static String expression(String body) {
    String trimmed = body.startsWith("-") ? body.substring(1) : body;
    trimmed = trimmed.endsWith("-") ? trimmed.substring(0, trimmed.length() - 1) : trimmed;
    String quoted = trimmed.strip().replace('"', '\'').replace("\\n", "\n");
    String indexed = INDEX.matcher(quoted).replaceAll(".$1");
    return OPERATOR.matcher(indexed).replaceAll("$1");
  }

  boolean has(String... markers) {
    for (String marker : markers) {
      if (!normalized.contains(marker)) {
        return false;
      }
    }
    return true;
  }

  boolean hasAny(String... markers) {
    for (String marker : markers) {
      if (normalized.contains(marker)) {
        return true;
      }
    }
    return false;
  }

  /// The first group of the only way in which the pattern matches; empty if there is none or there are several.
  Optional<String> onlyMatch(Pattern pattern) {
    var found =
        pattern.matcher(normalized).results().map(match -> match.group(1)).distinct().toList();
    return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
  }
}
