package dev.jmr.server.reference;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;

/// Finds the names that a user may have meant.
public final class NearestNames {
  private static final int MAX_NAMES = 3;
  private static final int MAX_LENGTH = 160;
  private static final int MAX_LISTED = 10;

  private NearestNames() {}

  /// What to tell who asked for a model that is not there: names that may have been meant, else some that there are.
  ///
  /// @param text what was asked for
  /// @param tags the names of all models, in full
  public static String notFound(String text, Collection<String> tags) {
    List<String> known = tags.stream().map(NearestNames::displayed).distinct().toList();
    List<String> near = suggest(displayed(text.strip()), known);
    String hint =
        near.isEmpty()
            ? "there are: " + sample(known)
            : "did you mean " + String.join(" or ", near) + "?";
    return "model '%s' not found; %s"
        .formatted(shown(text), known.isEmpty() ? "there are no models here yet, pull one" : hint);
  }

  /// A name as lists show it; that of a file as it is.
  private static String displayed(String tag) {
    try {
      return tag.contains("/") ? ModelReference.parse(tag).display() : tag;
    } catch (ReferenceException _) {
      return tag;
    }
  }

  private static String sample(Collection<String> known) {
    String names = String.join(", ", known.stream().limit(MAX_LISTED).toList());
    return known.size() > MAX_LISTED ? names + ", …" : names;
  }

  private static String shown(String text) {
    int most = 80;
    return text.length() <= most ? text : text.substring(0, most) + "…";
  }

  /// At most three of `known` that are a few letters from `name`, hold it or are held by it; the
  /// nearest first.
  public static List<String> suggest(String name, Collection<String> known) {
    String wanted = name.strip().toLowerCase(Locale.ROOT);
    if (wanted.isEmpty() || wanted.length() > MAX_LENGTH) {
      return List.of();
    }
    return known.stream()
        .distinct()
        .filter(candidate -> candidate.length() <= MAX_LENGTH)
        .flatMap(candidate ->
            near(wanted, candidate.toLowerCase(Locale.ROOT)).stream()
                .mapToObj(distance -> Map.entry(candidate, distance)))
        .sorted(
            Map.Entry.<String, Integer>comparingByValue()
                .thenComparing(Map.Entry::getKey, Comparator.naturalOrder()))
        .limit(MAX_NAMES)
        .map(Map.Entry::getKey)
        .toList();
  }

  /// How far a candidate is, if not too far; what both begin with, up to a slash, counts for nothing.
  private static OptionalInt near(String wanted, String candidate) {
    int common = 0;
    for (int i = 0; i < Math.min(wanted.length(), candidate.length()); i++) {
      if (wanted.charAt(i) != candidate.charAt(i)) {
        break;
      }
      common = wanted.charAt(i) == '/' ? i + 1 : common;
    }
    int distance = distance(wanted.substring(common), candidate.substring(common));
    return distance <= Math.max(2, (wanted.length() - common) / 3)
        ? OptionalInt.of(distance)
        : OptionalInt.empty();
  }

  private static int distance(String wanted, String candidate) {
    boolean within = candidate.contains(wanted) || wanted.contains(candidate);
    return within ? 1 : edits(wanted, candidate);
  }

  private static int edits(String a, String b) {
    int[] previous = new int[b.length() + 1];
    int[] current = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(replaced, 1 + Math.min(previous[j], current[j - 1]));
      }
      int[] swap = previous;
      previous = current;
      current = swap;
    }
    return previous[b.length()];
  }
}
