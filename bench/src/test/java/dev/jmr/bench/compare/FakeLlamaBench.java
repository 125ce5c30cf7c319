package dev.jmr.bench.compare;

import java.util.Arrays;
import java.util.List;

/// A program that says what llama-bench would, for the arguments it gets; it needs `-o json`. `fail` makes it fail,
/// `table` print something else.
final class FakeLlamaBench {
  private FakeLlamaBench() {}

  public static void main(String[] arguments) {
    List<String> words = Arrays.asList(arguments);
    if (words.contains("fail")) {
      System.err.println("error: no such model");
      System.exit(3);
    } else if (words.contains("table")) {
      System.out.println("| model | size |");
    } else {
      System.out.println(result(words));
    }
  }

  private static String result(List<String> words) {
    if (!after(words, "-o").equals("json") || !after(words, "-r").equals("1")) {
      throw new IllegalArgumentException(words.toString());
    }
    return "[{\"build_commit\": \"fake\", \"backends\": \"CPU\", \"model_type\": \"fake 1B\", \"n_threads\": %s, \"n_prompt\": %s, \"n_gen\": %s, \"n_depth\": %s, \"avg_ts\": 0.5}]"
        .formatted(after(words, "-t"), after(words, "-p"), after(words, "-n"), after(words, "-d"));
  }

  private static String after(List<String> words, String name) {
    return words.get(words.indexOf(name) + 1);
  }
}
