package dev.jmr.bench.serving;

import dev.jmr.bench.run.NumberList;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/// The options of `docker model bench MODEL`, which measures a model as its users meet it. They stand beside those of
/// llama-bench, and cannot be mixed with them.
public final class ServingOptions {
  private static final int MOST_PARALLEL = 1024;

  private static final Set<String> OWN =
      Set.of("--concurrency", "--duration", "--prompt", "--max-tokens", "--timeout", "--json");

  private static final String WHALES =
      """
      Write about whales, the largest animals that have ever lived. Tell how their ancestors left the land and became \
      creatures of the sea, what the great families of whales are, and how those with teeth differ from those with baleen. \
      Describe how they find food, how deep they dive, how they sing to each other over long distances, and how mothers \
      raise their calves on the way between cold waters and warm ones. Say what people have hunted them for, how near some \
      kinds came to their end, and what is done today so that they may live on in quiet and clean oceans.\
      """;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  @Parameters(
      arity = "0..1",
      paramLabel = "MODEL",
      description = "The model to ask, on the server if one runs; not with the options of tests.")
  private @Nullable String model;

  @Option(
      names = "--concurrency",
      converter = NumberList.Converter.class,
      paramLabel = "N",
      description = "With MODEL: so many ask at the same time (default: 1,2,4,8).")
  private List<NumberList> concurrencies = List.of();

  @Option(
      names = "--duration",
      converter = TimeSpan.class,
      paramLabel = "TIME",
      description = "With MODEL: how long each number of them asks (default: 30s).")
  private Duration duration = Duration.ofSeconds(30);

  @Option(
      names = "--prompt",
      paramLabel = "TEXT",
      description = "With MODEL: what they ask (default: 100 words about whales).")
  private String prompt = WHALES;

  @Option(
      names = "--max-tokens",
      paramLabel = "N",
      description = "With MODEL: tokens of an answer at most (default: as many as the model says).")
  private int maxTokens;

  @Option(
      names = "--timeout",
      converter = TimeSpan.class,
      paramLabel = "TIME",
      description = "With MODEL: how long an answer may take (default: 5m).")
  private Duration timeout = Duration.ofMinutes(5);

  @Option(names = "--json", description = "With MODEL: as JSON.")
  private boolean json;

  /// Measures, if a model is named for it.
  ///
  /// @return whether it was
  /// @throws ParameterException if options of both ways of measuring were given, or make no sense
  public boolean runs(ServingRun run, PrintWriter out) throws InterruptedException {
    if (model == null) {
      requireNone(given(true), "expected MODEL to be asked, as in 'bench MODEL %s …', got none");
      return false;
    }
    requireNone(
        given(false), "expected none beside MODEL; 'bench -m FILE %s …' measures in this process");
    ServingPlan plan = plan(model);
    run.run(plan, json ? new ServingJson(out) : new ServingTable(out));
    return true;
  }

  private ServingPlan plan(String named) {
    List<Integer> counts =
        concurrencies.isEmpty()
            ? List.of(1, 2, 4, 8)
            : concurrencies.stream().flatMap(list -> list.values().stream()).toList();
    for (int count : counts) {
      if (count < 1 || count > MOST_PARALLEL) {
        throw usage("--concurrency: expected 1 to %d, got %d".formatted(MOST_PARALLEL, count));
      }
    }
    if (maxTokens < 0) {
      throw usage("--max-tokens: expected 0 (no limit) or more, got " + maxTokens);
    }
    return new ServingPlan(named, prompt, counts, duration, timeout, maxTokens);
  }

  private void requireNone(Set<String> names, String expected) {
    if (!names.isEmpty()) {
      String name = names.iterator().next();
      throw usage(name + ": " + expected.formatted(name));
    }
  }

  /// The options that were given: ours, or all others but those that any command has.
  private Set<String> given(boolean ours) {
    ParseResult parsed = spec.commandLine().getParseResult();
    Set<String> names = new TreeSet<>();
    for (OptionSpec option : parsed.matchedOptions()) {
      boolean own = OWN.contains(option.longestName());
      if (own == ours && !option.inherited()) {
        names.add(option.longestName());
      }
    }
    return names;
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
