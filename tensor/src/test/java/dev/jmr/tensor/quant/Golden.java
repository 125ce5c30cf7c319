package dev.jmr.tensor.quant;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What ggml makes of one tensor in one type; see `dequant/README.md` in the test resources.
record Golden(int id, int blockSize, int blockBytes, List<byte[]> raw, List<float[]> values) {

  static Golden of(String type) {
    String json = read(type);
    return new Golden(
        integer(json, "ggml_type_id"),
        integer(json, "block_size"),
        integer(json, "type_size"),
        Arrays.stream(match(json, "\"raw_hex\":\\s*\\[([^\\]]*)").split(",", -1))
            .map(quoted -> quoted.replaceAll("[\"\\s]", ""))
            .map(HexFormat.of()::parseHex)
            .toList(),
        values(json));
  }

  /// The tensor before quantization.
  static List<float[]> source() {
    return values(read("source_f32"));
  }

  private static List<float[]> values(String json) {
    String rows = match(json, "\"values\":\\s*\\[(.*?)\\]\\s*\\]");
    return Arrays.stream(rows.split("\\]", -1))
        .map(row -> row.replaceAll("[\\s\\[]", "").replaceFirst("^,", ""))
        .map(Golden::floats)
        .toList();
  }

  private static float[] floats(String row) {
    String[] numbers = row.split(",", -1);
    float[] floats = new float[numbers.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = Float.parseFloat(numbers[i]);
    }
    return floats;
  }

  private static int integer(String json, String key) {
    return Integer.parseInt(match(json, "\"" + key + "\":\\s*(\\d+)"));
  }

  private static String match(String json, String pattern) {
    Matcher matcher = Pattern.compile(pattern, Pattern.DOTALL).matcher(json);
    if (!matcher.find()) {
      throw new IllegalArgumentException("golden file: expected " + pattern);
    }
    return matcher.group(1);
  }

  private static String read(String name) {
    String resource = "/dequant/" + name + ".json";
    try (InputStream in = Golden.class.getResourceAsStream(resource)) {
      return new String(
          Objects.requireNonNull(in, resource).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(resource, e);
    }
  }
}
