package dev.jmr.model.chat.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jmr.model.chat.output.CallForm.ArgumentsForm;
import dev.jmr.model.chat.output.CallForm.Part;
import dev.jmr.model.json.JsonReader;
import dev.jmr.model.json.JsonValue;
import dev.jmr.model.json.JsonValue.JsonObject;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OutputFormatTest {
  /// Which dialect each template of the corpus chooses.
  private static final Map<String, List<String>> TEMPLATES =
      Map.ofEntries(
          Map.entry("apriel", List.of("Apriel-1.6-15b-Thinker-fixed")),
          Map.entry("command-r", List.of("CohereForAI-c4ai-command-r-plus-tool_use")),
          Map.entry("command-r7b", List.of("CohereForAI-c4ai-command-r7b-12-2024-tool_use")),
          Map.entry(
              "deepseek-r1",
              List.of(
                  "deepseek-ai-DeepSeek-R1-Distill-Llama-8B",
                  "deepseek-ai-DeepSeek-R1-Distill-Qwen-32B",
                  "llama-cpp-deepseek-r1")),
          Map.entry("deepseek-v3.1", List.of("deepseek-ai-DeepSeek-V3.1")),
          Map.entry("deepseek-v3.2", List.of("deepseek-ai-DeepSeek-V3.2")),
          Map.entry("deepseek-v4", List.of("deepseek-ai-DeepSeek-V4")),
          Map.entry("firefunction-v2", List.of("fireworks-ai-llama-3-firefunction-v2")),
          Map.entry("functionary-v3.1", List.of("meetkai-functionary-medium-v3.1")),
          Map.entry("functionary-v3.2", List.of("meetkai-functionary-medium-v3.2")),
          Map.entry(
              "gemma4", List.of("google-gemma-4-31B-it", "google-gemma-4-31B-it-interleaved")),
          Map.entry("generic", List.of("google-gemma-2-2b-it", "HuggingFaceTB-SmolLM3-3B")),
          Map.entry("gigachat", List.of("GigaChat3.1-10B-A1.8B")),
          Map.entry("glm", List.of("GLM-4.6", "GLM-4.7-Flash", "GLM-5.2")),
          Map.entry("granite", List.of("ibm-granite-granite-3.3-2B-Instruct")),
          Map.entry("harmony", List.of("openai-gpt-oss-120b")),
          Map.entry(
              "hermes",
              List.of(
                  "Bielik-11B-v3.0-Instruct",
                  "NousResearch-Hermes-2-Pro-Llama-3-8B-tool_use",
                  "NousResearch-Hermes-3-Llama-3.1-8B-tool_use",
                  "Qwen-QwQ-32B",
                  "Qwen-Qwen2.5-7B-Instruct",
                  "Qwen-Qwen3-0.6B")),
          Map.entry("kimi-k2", List.of("moonshotai-Kimi-K2")),
          Map.entry("lfm2", List.of("LFM2-8B-A1B", "LFM2.5-Instruct")),
          Map.entry(
              "llama3",
              List.of("meta-llama-Llama-3.1-8B-Instruct", "meta-llama-Llama-3.3-70B-Instruct")),
          Map.entry("mistral", List.of("mistralai-Mistral-Nemo-Instruct-2407")),
          Map.entry("mistral-call-id", List.of("Mistral-Small-3.2-24B-Instruct-2506")),
          Map.entry("mistral-named", List.of("mistralai-Ministral-3-14B-Reasoning-2512")),
          Map.entry("qwen-coder", List.of("Qwen3.5-4B", "StepFun3.5-Flash")),
          Map.entry("seed-oss", List.of("ByteDance-Seed-OSS")));

  /// Templates whose prompts always leave a thought open, or only with thinking on, which they are by default.
  private static final Set<String> THINKING =
      Set.of(
          "Apriel-1.6-15b-Thinker-fixed",
          "GLM-4.7-Flash",
          "GLM-5.2",
          "Qwen3.5-4B",
          "StepFun3.5-Flash",
          "deepseek-ai-DeepSeek-R1-Distill-Llama-8B",
          "llama-cpp-deepseek-r1");

  /// The corpus, beside the repository or where the environment variable `JMR_SHARED` says.
  private static Path corpus() {
    Optional<Path> folder =
        Stream.of(System.getenv("JMR_SHARED"), "../shared", "../../shared")
            .filter(Objects::nonNull)
            .map(shared -> Path.of(shared, "fixtures", "templates"))
            .filter(Files::isDirectory)
            .findFirst();
    assumeTrue(
        folder.isPresent(),
        "no shared/fixtures/templates beside the repository, and JMR_SHARED does not name its folder");
    return folder.get();
  }

  private static Map<String, String> templates() throws IOException {
    Map<String, String> sources = new TreeMap<>();
    try (var files = Files.newDirectoryStream(corpus(), "*.jinja")) {
      for (Path file : files) {
        String name = file.getFileName().toString().replace(".jinja", "");
        sources.put(name, Files.readString(file));
      }
    }
    return sources;
  }

  private static Optional<String> rendered(String template, String scene) throws IOException {
    String json = Files.readString(corpus().resolve(template + ".expected.json"));
    return member(member(JsonReader.read(json), scene).orElseThrow(), "text")
        .map(text -> ((JsonValue.JsonString) text).value());
  }

  private static Optional<JsonValue> member(JsonValue value, String name) {
    return ((JsonObject) value).member(name);
  }

  @Test
  void choosesTheDialectByTheTemplate() throws IOException {
    Map<String, String> expected = new HashMap<>();
    TEMPLATES.forEach((dialect, names) -> names.forEach(name -> expected.put(name, dialect)));
    Map<String, String> chosen = new HashMap<>();
    templates()
        .forEach((name, source) -> chosen.put(name, OutputFormat.of(source, Set.of()).dialect()));
    assertThat(chosen).isEqualTo(expected);
  }

  @Test
  void choosesTheDialectByTheVocabularyWhereTheTemplateIsSilent() {
    assertThat(OutputFormat.of("", Set.of("<|tool_call_start|>")).dialect()).isEqualTo("lfm2");
    assertThat(OutputFormat.of("", Set.of("<tool_call>")).dialect()).isEqualTo("hermes");
    assertThat(OutputFormat.of("", Set.of()).dialect()).isEqualTo("generic");
  }

  @Test
  void seesWhetherThePromptLeavesAThoughtOpen() throws IOException {
    for (var template : templates().entrySet()) {
      OutputFormat format = OutputFormat.of(template.getValue(), Set.of());
      Optional<String> prompt = rendered(template.getKey(), "basic");
      assertThat(prompt.filter(format::opensReasoning).isPresent())
          .as(template.getKey())
          .isEqualTo(THINKING.contains(template.getKey()));
    }
  }

  @Test
  void readsBackTheCallsThatTemplatesWrite() throws IOException {
    int read = 0;
    for (var template : templates().entrySet()) {
      OutputFormat format = OutputFormat.of(template.getValue(), Set.of());
      read += readsBack(template.getKey(), format, "parallel", "Rome?") ? 1 : 0;
      read += readsBack(template.getKey(), format, "tool_result_last", "Paris?") ? 1 : 0;
    }
    assertThat(read).isGreaterThanOrEqualTo(35);
  }

  /// Whether the template writes calls there; they are then what the conversation held.
  private static boolean readsBack(String name, OutputFormat format, String scene, String question)
      throws IOException {
    String text = rendered(name, scene).orElse("");
    int from = text.lastIndexOf(question) + question.length();
    int until = text.indexOf("sunny", from);
    if (until < 0 || !text.substring(from, until).contains("Paris")) {
      return false;
    }
    String turn = text.substring(from, until);
    int open =
        format.callForm().triggers().stream()
            .mapToInt(turn::indexOf)
            .filter(at -> at >= 0)
            .min()
            .orElse(-1);
    assertThat(open).as(name + " " + turn).isNotNegative();
    Outcome outcome = Outcome.of(format, Outcome.options(""), List.of(turn.substring(open)));
    boolean two = turn.contains("Rome");
    assertThat(outcome.calls())
        .as(name + " " + turn)
        .isEqualTo(
            two
                ? List.of(
                    "get_weather{\"city\": \"Paris\"}",
                    "get_weather{\"city\": \"Rome\", \"unit\": \"c\"}")
                : List.of("get_weather{\"city\": \"Paris\"}"));
    return true;
  }

  @Test
  void listsEveryDialectOnce() throws IOException, URISyntaxException {
    Path folder = Path.of(OutputFormat.class.getResource("OutputFormat.class").toURI()).getParent();
    Set<String> compiled = new TreeSet<>();
    try (var files = Files.newDirectoryStream(folder, "?*Dialect.class")) {
      files.forEach(file -> compiled.add(file.getFileName().toString().replace(".class", "")));
    }
    compiled.remove("OutputDialect");
    assertThat(OutputDialects.ALL.stream().map(each -> each.getClass().getSimpleName()).distinct())
        .containsExactlyInAnyOrderElementsOf(compiled);
    assertThat(OutputDialects.ALL.stream().map(OutputDialect::name)).doesNotHaveDuplicates();
  }

  static List<OutputDialect> dialects() {
    return OutputDialects.ALL;
  }

  @ParameterizedTest
  @MethodSource("dialects")
  void readsCallsOfTheFormThatItGives(OutputDialect dialect) {
    CallForm form = dialect.callForm();
    boolean openPrompt = dialect.name().equals("functionary-v3.2");
    OutputOptions options = Outcome.options(openPrompt ? ">>>" : "");
    int count = form.parallel() ? 3 : 1;
    StringBuilder text = new StringBuilder(form.open());
    for (int i = 0; i < count; i++) {
      text.append(i == 0 ? "" : form.separator()).append(written(form, i));
    }
    text.append(form.close());
    assertThat(form.triggers())
        .as("a trigger begins the calls")
        .anyMatch(trigger -> openPrompt || text.toString().startsWith(trigger));
    Machine machine = new Machine(options, dialect.idForm(), dialect.home(List.of(), options));
    dialect.start(machine, List.of());
    OutputParser parser = new OutputParser(machine);
    Outcome outcome = new Outcome();
    outcome.events().addAll(parser.accept(text.toString()));
    outcome.events().addAll(parser.finish());
    assertThat(outcome.lines())
        .as(text.toString())
        .noneMatch(line -> line.startsWith("text") || line.startsWith("bad"));
    assertThat(outcome.calls())
        .as(text.toString())
        .containsExactlyElementsOf(
            Collections.nCopies(count, "get_weather{\"city\": \"Paris\", \"days\": 2}"));
  }

  private static String written(CallForm form, int index) {
    StringBuilder call = new StringBuilder();
    for (Part part : form.call()) {
      call.append(
          switch (part) {
            case Part.Literal literal -> literal.text();
            case Part.Name name -> "get_weather";
            case Part.CallNumber number -> Integer.toString(index);
            case Part.Id id -> "A".repeat(id.length() - 1) + index;
            case Part.Arguments arguments -> arguments(arguments.form());
          });
    }
    return call.toString();
  }

  private static String arguments(ArgumentsForm form) {
    return switch (form) {
      case ArgumentsForm.Json json -> "{\"city\": \"Paris\", \"days\": 2}";
      case ArgumentsForm.Python python -> "city=\"Paris\", days=2";
      case ArgumentsForm.Gemma gemma -> "city:<|\"|>Paris<|\"|>,days:2";
      case ArgumentsForm.Tagged tags ->
          tags.beforeName()
              + "city"
              + tags.afterNameOfText()
              + "Paris"
              + tags.afterValue()
              + tags.beforeName()
              + "days"
              + tags.afterNameOfOther()
              + "2"
              + tags.afterValue();
    };
  }
}
