package dev.jmr.server.registry;

import dev.jmr.server.reference.NearestNames;
import java.util.List;

/// Says which tags of a repository someone may have meant.
final class NearestTags {
  private static final int SHOWN = 5;

  private NearestTags() {}

  /// The end of a message: `; nearest tags: 0.6B-Q4_K_M`, some of the tags if none is near; empty
  /// if there are no tags.
  static String suggestion(String wanted, List<String> tags) {
    List<String> nearest = NearestNames.suggest(wanted, tags);
    if (!nearest.isEmpty()) {
      return "; nearest tags: " + String.join(", ", nearest);
    }
    return tags.isEmpty()
        ? ""
        : "; its tags: " + String.join(", ", tags.subList(0, Math.min(SHOWN, tags.size())));
  }
}
