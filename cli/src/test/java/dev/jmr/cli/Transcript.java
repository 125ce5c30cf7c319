package dev.jmr.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// What a user types and is told, as a text: `$ jmr …`, then lines of the output, those of the error output behind `! `, and
/// `[2]` for an exit code other than 0. A line that ends with ` (re)` is a regular expression, `...` stands for any lines. What stands between, behind
/// `# `, is for the reader.
record Transcript(List<Step> steps) {
  private static final String COMMAND = "$ jmr";
  private static final String ERROR = "! ";
  private static final String ANYTHING = "...";
  private static final String PATTERN = " (re)";

  /// One command.
  ///
  /// @param words of the command line
  /// @param told what it is to print, and its exit code
  record Step(String line, List<String> words, List<String> told) {
    /// Whether this is what it printed.
    boolean matches(List<String> lines) {
      return matches(told, lines);
    }

    private static boolean matches(List<String> expected, List<String> lines) {
      if (expected.isEmpty()) {
        return lines.isEmpty();
      }
      List<String> rest = expected.subList(1, expected.size());
      if (expected.getFirst().equals(ANYTHING)) {
        return matches(rest, lines)
            || (!lines.isEmpty() && matches(expected, lines.subList(1, lines.size())));
      }
      return !lines.isEmpty()
          && matches(expected.getFirst(), lines.getFirst())
          && matches(rest, lines.subList(1, lines.size()));
    }

    private static boolean matches(String expected, String line) {
      if (!expected.endsWith(PATTERN)) {
        return expected.equals(line);
      }
      String regex = expected.substring(0, expected.length() - PATTERN.length());
      return Pattern.matches(regex, line);
    }
  }

  static Transcript read(Path file) throws IOException {
    List<Step> steps = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      if (line.startsWith(COMMAND)) {
        String words = line.substring(COMMAND.length()).strip();
        steps.add(new Step(words, words(words), new ArrayList<>()));
      } else if (!line.startsWith("# ") && !steps.isEmpty()) {
        steps.getLast().told().add(line);
      }
    }
    steps.forEach(step -> trim(step.told()));
    return new Transcript(steps);
  }

  /// What a command did, as the lines of a transcript.
  static List<String> lines(Jmr.Result result) {
    List<String> lines = new ArrayList<>(result.out().lines().toList());
    result.err().lines().map(line -> (ERROR + line).stripTrailing()).forEach(lines::add);
    if (result.code() != 0) {
      lines.add("[" + result.code() + "]");
    }
    trim(lines);
    return lines;
  }

  private static void trim(List<String> lines) {
    while (!lines.isEmpty() && lines.getLast().isBlank()) {
      lines.removeLast();
    }
  }

  /// Words between blanks; what stands in quotes is one.
  private static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    var word = Pattern.compile("\"([^\"]*)\"|(\\S+)").matcher(line);
    while (word.find()) {
      words.add(word.group(1) == null ? word.group(2) : word.group(1));
    }
    return words;
  }
}
