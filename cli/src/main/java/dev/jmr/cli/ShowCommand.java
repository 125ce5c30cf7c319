package dev.jmr.cli;

import dev.jmr.gguf.Gguf;
import dev.jmr.gguf.GgufMetadata;
import dev.jmr.model.quantize.FileType;
import dev.jmr.server.artifact.Descriptor;
import dev.jmr.server.artifact.LayerRole;
import dev.jmr.server.library.ModelEntry;
import dev.jmr.server.library.ModelLibrary;
import dev.jmr.server.registry.RegistryClient;
import dev.jmr.server.registry.RegistryOptions;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `jmr show`: what a model is, for people.
@Command(
    name = "show",
    sortOptions = false,
    description = "Shows what a model is, for people; 'inspect' shows it for programs.")
final class ShowCommand implements Callable<Integer> {
  private final Context context;

  @Parameters(
      index = "0",
      paramLabel = "MODEL",
      description = "A model of the store, or a GGUF file.")
  private String model = "";

  @Option(
      names = {"-r", "--remote"},
      description = "As its registry has it; nothing is fetched but the description.")
  private boolean remote;

  ShowCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = context.streams().outWriter();
    if (LocatedModel.isFile(model) && !remote) {
      Map<String, String> facts = new LinkedHashMap<>();
      facts.put("Model", model);
      addFile(facts, ModelFile.of(model));
      print(out, facts);
      return 0;
    }
    ModelLibrary library = ModelStores.open(context.environment());
    ModelEntry entry = remote ? remote(library) : library.require(model);
    Map<String, String> facts = facts(entry);
    if (!remote) {
      addFile(facts, library.runnable(entry).weights());
    }
    print(out, facts);
    out.println();
    layers(entry).print(out);
    return 0;
  }

  private ModelEntry remote(ModelLibrary library) throws InterruptedException {
    try (RegistryClient client = new RegistryClient(RegistryOptions.of(context.environment()))) {
      return ModelLibrary.remote(client, library.store().reference(model));
    }
  }

  private Map<String, String> facts(ModelEntry entry) {
    var config = entry.config();
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put(
        "Model", entry.displayTags().isEmpty() ? model : String.join(", ", entry.displayTags()));
    facts.put("ID", entry.id().toString());
    config
        .created()
        .ifPresent(created -> facts.put("Created", HumanText.age(created, Instant.now())));
    facts.put("Format", config.format());
    facts.put("Architecture", config.architecture());
    facts.put("Parameters", config.parameters());
    facts.put("Quantization", config.quantization());
    facts.put("Size", config.size());
    config.contextSize().ifPresent(size -> facts.put("Context to use", size + " tokens"));
    return facts;
  }

  /// Adds what the header of a file says, where it is not known yet.
  private static void addFile(Map<String, String> facts, Path file) {
    try (Gguf gguf = Gguf.open(file)) {
      GgufMetadata metadata = gguf.metadata();
      String architecture = metadata.string("general.architecture").orElse("");
      long parameters = gguf.tensors().stream().mapToLong(t -> t.shape().elementCount()).sum();
      metadata.string("general.name").ifPresent(name -> facts.putIfAbsent("Name", name));
      facts.putIfAbsent("Architecture", architecture);
      facts.putIfAbsent("Parameters", HumanText.count(parameters));
      metadata.integer("general.file_type").stream()
          .mapToObj(FileType::ofId)
          .flatMap(Optional::stream)
          .forEach(type -> facts.putIfAbsent("Quantization", type.name()));
      facts.putIfAbsent("Size", HumanText.size(gguf.byteSize()));
      facts.put(
          "Bits per weight",
          String.format(Locale.ROOT, "%.2f", 8.0 * gguf.byteSize() / Math.max(1, parameters)));
      addNumber(facts, "Context", metadata.integer(architecture + ".context_length"), " tokens");
      addNumber(facts, "Blocks", metadata.integer(architecture + ".block_count"), "");
      addNumber(facts, "Embedding", metadata.integer(architecture + ".embedding_length"), "");
      addNumber(facts, "Experts", metadata.integer(architecture + ".expert_count"), "");
      metadata
          .strings("tokenizer.ggml.tokens")
          .ifPresent(tokens -> facts.put("Vocabulary", tokens.size() + " tokens"));
      facts.put("Chat template", template(metadata.string("tokenizer.chat_template")));
      metadata.string("general.license").ifPresent(license -> facts.put("License", license));
    }
  }

  private static void addNumber(
      Map<String, String> facts, String name, OptionalLong value, String unit) {
    value.ifPresent(number -> facts.put(name, number + unit));
  }

  private static String template(Optional<String> template) {
    return template
        .map(text -> text.length() + " characters; 'inspect --template' shows it")
        .orElse("none in the file");
  }

  private static void print(PrintWriter out, Map<String, String> facts) {
    int width = facts.keySet().stream().mapToInt(String::length).max().orElse(0);
    facts.forEach((name, value) -> {
      if (!value.isEmpty()) {
        out.println(name + ":" + " ".repeat(width - name.length() + 2) + Quoted.bare(value));
      }
    });
  }

  private static Table layers(ModelEntry entry) {
    Table table = new Table("LAYER", "SIZE", "DIGEST");
    List<Descriptor> layers = entry.manifest().layers();
    for (Descriptor layer : layers) {
      table.row(
          LayerRole.of(layer).name().toLowerCase(Locale.ROOT).replace('_', ' '),
          HumanText.size(layer.size()),
          layer.digest().shortHex());
    }
    return table;
  }
}
