package dev.jmr.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.jmr.cli.runner.RemoteRunner;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `jmr ps`: the models that are loaded.
@Command(
    name = "ps",
    sortOptions = false,
    description = "Lists the models that a server has loaded.")
final class PsCommand implements Callable<Integer> {
  private static final Pattern PART = Pattern.compile("([0-9.]+)(ns|us|µs|ms|h|m|s)");

  private final Context context;

  @Option(names = "--json", description = "As JSON.")
  private boolean json;

  PsCommand(Context context) {
    this.context = context;
  }

  /// Without a server nothing is loaded.
  @Override
  public Integer call() throws InterruptedException {
    Optional<RemoteRunner> server = Runners.server(context);
    JsonNode running = JsonNodeFactory.instance.arrayNode();
    if (server.isPresent()) {
      try (RemoteRunner runner = server.get()) {
        running = runner.running();
      }
    }
    if (json) {
      Json.print(context.streams(), running);
      return 0;
    }
    Table table = new Table("MODEL NAME", "BACKEND", "MODE", "UNTIL");
    Instant now = Instant.now();
    for (JsonNode model : running) {
      table.row(
          ModelRows.displayed(model.path("model_name").asText()),
          model.path("backend_name").asText(),
          model.path("mode").asText(),
          until(model, now));
    }
    table.print(context.streams().outWriter());
    return 0;
  }

  private static String until(JsonNode model, Instant now) {
    if (model.path("loading").asBoolean()) {
      return "Loading...";
    }
    String keepAlive = model.path("keep_alive").asText("5m0s");
    if (keepAlive.startsWith("-")) {
      return "Forever";
    }
    Instant since = used(model.path("last_used").asText(), now);
    Instant end = since.plus(duration(keepAlive));
    return end.isAfter(now) ? HumanText.span(Duration.between(now, end)) + " from now" : "Expiring";
  }

  /// The time when it was used last; now, while it is used.
  private static Instant used(String text, Instant now) {
    try {
      Instant last = Instant.parse(text);
      return last.isBefore(Instant.EPOCH) ? now : last;
    } catch (DateTimeParseException _) {
      return now;
    }
  }

  /// A duration as Go writes it: `5m0s`, `1h30m0s`, `0s`.
  private static Duration duration(String text) {
    double seconds = 0;
    for (MatchResult part : PART.matcher(text).results().toList()) {
      double unit =
          switch (part.group(2)) {
            case "h" -> 3600;
            case "m" -> 60;
            case "s" -> 1;
            case "ms" -> 1e-3;
            case "ns" -> 1e-9;
            default -> 1e-6;
          };
      seconds += Double.parseDouble(part.group(1)) * unit;
    }
    return Duration.ofMillis(Math.round(seconds * 1000));
  }
}
