package dev.jmr.server.registry;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Finds the tags that someone may have meant.
final class NearestTags {
  private static final int SHOWN = 5;

  private NearestTags() {}

  /// The end of a message: `; nearest tags: latest, 0.6B-Q4_K_M`; empty if there are no tags.
  static String suggestion(String wanted, List<String> tags) {
    if (tags.isEmpty()) {
      return "";
    }
    return tags.stream()
        .sorted(
            Comparator.comparingInt((String tag) -> distance(wanted, tag)).thenComparing(t -> t))
        .limit(SHOWN)
        .collect(Collectors.joining(", ", "; nearest tags: ", ""));
  }

  /// How many letters to insert, remove or change (Levenshtein), whatever their case.
  static int distance(String from, String to) {
    String a = from.toLowerCase(Locale.ROOT);
    String b = to.toLowerCase(Locale.ROOT);
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
