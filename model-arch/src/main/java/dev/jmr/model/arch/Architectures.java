package dev.jmr.model.arch;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The architectures that we have, by the name that files have for them.
public final class Architectures {
  private static final List<Architecture> ALL =
      List.of(
          new Llama(),
          new Qwen2(),
          new Qwen3("qwen3"),
          new Qwen3("qwen3moe"),
          new Gemma(),
          new Gemma2(),
          new Gemma3(),
          new Phi3(),
          new Granite("granite"),
          new Granite("granitemoe"),
          new SmolLm3(),
          new Olmo2(),
          new StarCoder2(),
          new Gpt2(),
          new GptOss(),
          new Bert(),
          new NomicBert(),
          new Qwen2Moe(),
          new Cohere2(),
          new CommandR(),
          new Exaone(),
          new Exaone4(),
          new Olmo(),
          new StableLm(),
          new Nemotron(),
          new InternLm2(),
          new Ernie45(),
          new SeedOss(),
          new Qwen2Vl(),
          new Qwen3Vl(),
          new Qwen3VlMoe(),
          new HunyuanDense(),
          new Glm4(),
          new Mistral3(),
          new DeepSeek2(),
          new Llama4(),
          new Lfm2("lfm2"),
          new Lfm2("lfm2moe"),
          new BitNet(),
          new Gemma4(),
          new GemmaEmbedding(),
          new Gemma3n(),
          new Apertus(),
          new ModernBert(),
          new OlMoe(),
          new PhiMoe());

  /// Fails on a name that is listed twice.
  private static final Map<String, Architecture> BY_NAME =
      ALL.stream().collect(Collectors.toUnmodifiableMap(Architecture::name, Function.identity()));

  private Architectures() {}

  /// All architectures, in the order of the list.
  public static List<Architecture> all() {
    return ALL;
  }

  /// The architecture with this name.
  ///
  /// @throws UnsupportedModelException listing those that we have, and the one that may have been meant
  public static Architecture named(String name) {
    Architecture architecture = BY_NAME.get(name);
    if (architecture == null) {
      throw new UnsupportedModelException(
          "architecture '%s' is not supported; supported: %s%s"
              .formatted(
                  name,
                  ALL.stream().map(Architecture::name).collect(Collectors.joining(", ")),
                  nearest(name).map(near -> "; nearest: " + near).orElse("")));
    }
    return architecture;
  }

  /// The name that differs from `name` in the fewest letters, if that is less than half of them.
  private static Optional<String> nearest(String name) {
    return ALL.stream()
        .map(Architecture::name)
        .min(Comparator.comparingInt((String known) -> distance(name, known)))
        .filter(known -> 2 * distance(name, known) < known.length());
  }

  /// Letters to insert, delete or replace to make one of the other (Levenshtein).
  private static int distance(String left, String right) {
    int[] previous = new int[right.length() + 1];
    for (int j = 0; j <= right.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= left.length(); i++) {
      int[] current = new int[right.length() + 1];
      current[0] = i;
      for (int j = 1; j <= right.length(); j++) {
        int replaced = previous[j - 1] + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(replaced, 1 + Math.min(previous[j], current[j - 1]));
      }
      previous = current;
    }
    return previous[right.length()];
  }
}
