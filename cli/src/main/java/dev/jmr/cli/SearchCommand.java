package dev.jmr.cli;

import dev.jmr.server.registry.RegistryException;
import dev.jmr.server.search.ModelSearch;
import dev.jmr.server.search.SearchOptions;
import dev.jmr.server.search.SearchResult;
import dev.jmr.server.search.SearchSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `jmr search`: models of Docker Hub and Hugging Face.
@Command(
    name = "search",
    sortOptions = false,
    description = {
      "Finds models at Docker Hub and Hugging Face.",
      "What runs on llama.cpp runs here; pull it by its name."
    })
final class SearchCommand implements Callable<Integer> {
  private static final int MAX_DESCRIPTION = 60;
  private static final int MAX_LIMIT = 1000;

  private final Context context;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "TERM",
      description = "What name or description hold (default: all models).")
  private String term = "";

  @Option(
      names = {"-n", "--limit"},
      paramLabel = "N",
      description = "The most results of each source (default: ${DEFAULT-VALUE}).")
  private int limit = 32;

  /// What `--source` can be.
  private enum Source {
    ALL,
    DOCKERHUB,
    HUGGINGFACE
  }

  @Option(
      names = "--source",
      paramLabel = "SOURCE",
      description = "all, dockerhub or huggingface (default: all).")
  private Source source = Source.ALL;

  @Option(names = "--json", description = "As JSON.")
  private boolean json;

  SearchCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (limit < 1 || limit > MAX_LIMIT) {
      CommandLine line = spec.commandLine();
      throw new ParameterException(
          line, "--limit: expected 1 to %d, got %d".formatted(MAX_LIMIT, limit));
    }
    List<SearchResult> found = search();
    if (json) {
      Json.print(context.streams(), found.stream().map(SearchCommand::fields).toList());
    } else {
      print(found);
    }
    return 0;
  }

  /// What the sources found; one that fails is told and left out, as long as another answers.
  private List<SearchResult> search() throws InterruptedException {
    List<SearchSource> sources =
        switch (source) {
          case ALL -> List.of(SearchSource.values());
          case DOCKERHUB -> List.of(SearchSource.DOCKERHUB);
          case HUGGINGFACE -> List.of(SearchSource.HUGGINGFACE);
        };
    List<SearchResult> found = new ArrayList<>();
    List<RegistryException> failures = new ArrayList<>();
    try (ModelSearch search = new ModelSearch(SearchOptions.of(context.environment()))) {
      for (SearchSource each : sources) {
        try {
          found.addAll(search.search(each, term, limit));
        } catch (RegistryException e) {
          failures.add(e);
        }
      }
    }
    if (failures.size() == sources.size()) {
      throw failures.getFirst();
    }
    failures.forEach(failure -> context.streams().note(String.valueOf(failure.getMessage())));
    return found;
  }

  private void print(List<SearchResult> found) {
    if (found.isEmpty()) {
      context.streams().note("no model fits '%s'".formatted(Quoted.bare(term)));
      return;
    }
    Table table =
        new Table("NAME", "DESCRIPTION", "BACKEND", "SIZE", "DOWNLOADS", "STARS", "SOURCE");
    for (SearchResult result : found) {
      table.row(
          result.name(),
          cut(result.description()),
          result.backend(),
          result.size().isPresent() ? HumanText.size(result.size().getAsLong()) : "n/a",
          HumanText.count(result.downloads()),
          Long.toString(result.stars()),
          result.source().title());
    }
    table.print(context.streams().outWriter());
  }

  private static String cut(String description) {
    String line = description.lines().findFirst().orElse("");
    return line.codePointCount(0, line.length()) <= MAX_DESCRIPTION
        ? line
        : line.substring(0, line.offsetByCodePoints(0, MAX_DESCRIPTION - 1)).strip() + "…";
  }

  private static Map<String, Object> fields(SearchResult result) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", result.name());
    fields.put("description", result.description());
    fields.put("backend", result.backend());
    result.size().ifPresent(size -> fields.put("size", size));
    fields.put("downloads", result.downloads());
    fields.put("stars", result.stars());
    fields.put("source", result.source().title());
    return fields;
  }
}
