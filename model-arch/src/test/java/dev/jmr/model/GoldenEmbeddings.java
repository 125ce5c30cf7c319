package dev.jmr.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What llama.cpp makes of some texts with a test model that embeds.
///
/// @param text as it is
/// @param ids its tokens, special ones included
/// @param raw pooled
/// @param normalized pooled and scaled to length 1
public record GoldenEmbeddings(String text, int[] ids, float[] raw, float[] normalized) {
  private static final Pattern ITEM =
      Pattern.compile(
          "\"text\": \"([^\"]*)\", \"ids\": \\[([^\\]]*)\\], \"embedding_raw\": \\[([^\\]]*)\\], \"embedding_l2\": \\[([^\\]]*)\\]");

  /// The items of the JSON file beside a model, at least one.
  public static List<GoldenEmbeddings> of(String model) {
    List<GoldenEmbeddings> items = new ArrayList<>();
    Matcher matcher = ITEM.matcher(TestModels.text("/models/" + model + ".json"));
    while (matcher.find()) {
      int[] ids = Arrays.stream(numbers(matcher.group(2))).mapToInt(Integer::parseInt).toArray();
      items.add(
          new GoldenEmbeddings(
              matcher.group(1), ids, floats(matcher.group(3)), floats(matcher.group(4))));
    }
    if (items.isEmpty()) {
      throw new IllegalArgumentException(model + ": expected golden embeddings, got none");
    }
    return items;
  }

  private static String[] numbers(String list) {
    return list.strip().split("\\s*,\\s*", -1);
  }

  private static float[] floats(String list) {
    String[] numbers = numbers(list);
    float[] floats = new float[numbers.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = Float.parseFloat(numbers[i]);
    }
    return floats;
  }
}
