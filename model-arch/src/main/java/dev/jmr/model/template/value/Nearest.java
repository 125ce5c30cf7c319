package dev.jmr.model.template.value;

import java.util.Collection;

/// Guesses what a name was meant to be.
public final class Nearest {
  /// Longer names are not compared.
  private static final int LONGEST = 64;

  private Nearest() {}

  /// `; did you mean 'x'?` with the known name that is nearest, or nothing if none is near.
  public static String hint(String name, Collection<String> known) {
    String nearest = "";
    int least = Math.min(name.length() / 2, 3) + 1;
    for (String candidate : known) {
      int distance = name.length() > LONGEST ? least : distance(name, candidate);
      if (distance < least) {
        least = distance;
        nearest = candidate;
      }
    }
    return nearest.isEmpty() ? "" : "; did you mean '" + nearest + "'?";
  }

  /// Characters to insert, delete or replace to get from one to the other.
  private static int distance(String a, String b) {
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
