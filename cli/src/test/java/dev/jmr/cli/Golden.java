package dev.jmr.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// What the reference engine made of a fixture.
record Golden(String prompt, int[] promptIds, float[] logitsLast, int[] greedyIds) {
  static Golden read(String name) throws IOException {
    String prompt = "";
    double[] ids = {};
    double[] logits = {};
    double[] greedy = {};
    try (JsonParser json = new JsonFactory().createParser(Jmr.model(name).toFile())) {
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String field = json.currentName();
        json.nextToken();
        switch (field) {
          case "prompt" -> prompt = json.getText();
          case "prompt_ids" -> ids = numbers(json);
          case "logits_last" -> logits = numbers(json);
          case "greedy_ids" -> greedy = numbers(json);
          default -> json.skipChildren();
        }
      }
    }
    return new Golden(prompt, integers(ids), floats(logits), integers(greedy));
  }

  String ids() {
    List<String> ids = new ArrayList<>();
    for (int id : promptIds) {
      ids.add(Integer.toString(id));
    }
    return String.join(",", ids);
  }

  static double[] numbers(JsonParser json) throws IOException {
    List<Double> numbers = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      numbers.add(json.getDoubleValue());
    }
    return numbers.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static int[] integers(double... values) {
    int[] result = new int[values.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = (int) values[i];
    }
    return result;
  }

  private static float[] floats(double... values) {
    float[] result = new float[values.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = (float) values[i];
    }
    return result;
  }
}
