package dev.jmr.model;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What llama.cpp computes for a test model with its weights dequantized to float32, greedily and without an end.
///
/// @param prompt text
/// @param promptIds its tokens
/// @param logits at the last position of the prompt
/// @param greedyIds the tokens that follow
/// @param greedyMargins by how much the logit of each of them is ahead of the second best
public record GoldenResults(
    String prompt, int[] promptIds, float[] logits, int[] greedyIds, float[] greedyMargins) {

  /// Reads one of the JSON files beside the models: flat, with each array on its own key.
  static GoldenResults parse(String json) {
    int dequantized = json.indexOf("\"f32_dequant\":");
    String exact = dequantized < 0 ? json : json.substring(dequantized);
    return new GoldenResults(
        text(json, "prompt"),
        integers(array(json, "prompt_ids")),
        floats(array(exact, "logits_last")),
        integers(array(exact, "greedy_ids")),
        floats(array(exact, "greedy_margins")));
  }

  private static String[] array(String json, String key) {
    Matcher matcher = Pattern.compile("\"" + key + "\":\\s*\\[([^\\]]*)\\]").matcher(json);
    if (!matcher.find()) {
      throw new IllegalArgumentException("golden results: expected key " + key);
    }
    return matcher.group(1).strip().split("\\s*,\\s*", -1);
  }

  private static String text(String json, String key) {
    Matcher matcher = Pattern.compile("\"" + key + "\":\\s*\"([^\"\\\\]*)\"").matcher(json);
    if (!matcher.find()) {
      throw new IllegalArgumentException("golden results: expected key " + key);
    }
    return matcher.group(1);
  }

  private static int[] integers(String... values) {
    return Arrays.stream(values).mapToInt(Integer::parseInt).toArray();
  }

  private static float[] floats(String... values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = Float.parseFloat(values[i]);
    }
    return floats;
  }
}
