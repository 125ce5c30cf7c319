package dev.jmr.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jmr.cli.runner.RemoteRunner;
import dev.jmr.cli.runner.RunnerAddress;
import dev.jmr.cli.runner.RunnerChoice;
import dev.jmr.cli.runner.RunnerException;
import dev.jmr.runtime.Engines;
import dev.jmr.server.manager.ModelOpener;
import dev.jmr.tensor.backend.Backends;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `jmr status`: whether a model runner answers, where, and what its engines are.
@Command(
    name = "status",
    sortOptions = false,
    description =
        "Shows whether a server runs, where it was looked for, and what it runs models on.")
final class StatusCommand implements Callable<Integer> {
  private static final List<String> ORDER =
      List.of("Running", "Error", "Not Installed", "Installing");

  private final Context context;

  @Option(names = "--json", description = "As JSON.")
  private boolean json;

  StatusCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws InterruptedException {
    RunnerChoice choice = Runners.choice(context);
    choice.skipped().forEach(line -> context.detail("skipped: " + line));
    if (choice.runner().isEmpty()) {
      return absent(RunnerChoice.here(context.environment()), choice.skipped());
    }
    RunnerAddress address = choice.runner().get();
    try (RemoteRunner runner = Runners.remote(context, address)) {
      JsonNode backends = runner.status();
      if (json) {
        Json.print(context.streams(), json(true, address, backends));
      } else {
        print(backends);
        if (address.local()) {
          tellOfDevices(context.streams().outWriter(), Backends.forDevices());
        }
      }
      return 0;
    } catch (RunnerException e) {
      return absent(address, List.of(String.valueOf(e.getMessage())));
    }
  }

  /// @param address where a server would be
  private int absent(RunnerAddress address, List<String> reasons) {
    if (json) {
      ObjectNode root = json(false, address, engines());
      reasons.forEach(root.putArray("skipped")::add);
      Json.print(context.streams(), root);
      return Failures.FAILED;
    }
    PrintWriter out = context.streams().outWriter();
    out.println("Docker Model Runner is not running");
    out.println();
    reasons.forEach(reason -> out.println("  " + reason));
    out.println();
    out.println(
        "Start a server with 'jmr serve'. Without one, run, ls, pull and most other commands");
    out.println("work on the models of this machine by themselves; 'jmr version' says what on.");
    tellOfDevices(out, Backends.forDevices());
    return Failures.FAILED;
  }

  /// A line for each backend that computes on devices of this machine: what it is, or what it needs.
  static void tellOfDevices(PrintWriter out, List<Backends.Candidate> candidates) {
    if (!candidates.isEmpty()) {
      out.println();
      candidates.forEach(out::println);
    }
  }

  /// What a server would run models on, were it started here.
  private static ObjectNode engines() {
    ObjectNode all = JsonNodeFactory.instance.objectNode();
    ModelOpener opener =
        new ModelOpener(Engines.candidates().stream().map(Engines.Candidate::provider).toList());
    for (Engines.Candidate engine : opener.candidates()) {
      all.put(
          opener.names().backend(engine.provider().name()),
          engine.unavailable().map(reason -> "Not Installed: " + reason).orElse("Installed"));
    }
    return all;
  }

  private static ObjectNode json(boolean running, RunnerAddress address, JsonNode backends) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("running", running);
    root.set("backends", backends);
    root.put("kind", "Docker Engine (Manual Install)");
    root.put("endpoint", Endpoints.ofContainers(address) + "/v1/");
    root.put("endpointHost", address.base() + "/v1/");
    return root;
  }

  private void print(JsonNode backends) {
    PrintWriter out = context.streams().outWriter();
    out.println("Docker Model Runner is running");
    out.println();
    Table table = new Table("BACKEND", "STATUS", "DETAILS");
    backends.properties().stream()
        .map(StatusCommand::row)
        .sorted(
            Comparator.comparingInt((List<String> row) -> ORDER.indexOf(row.get(1)))
                .thenComparing(List::getFirst))
        .forEach(row -> table.row(row.toArray(String[]::new)));
    table.print(out);
  }

  private static List<String> row(Map.Entry<String, JsonNode> backend) {
    String text = backend.getValue().asText();
    int colon = text.indexOf(": ");
    return colon < 0
        ? List.of(backend.getKey(), text, "")
        : List.of(backend.getKey(), text.substring(0, colon), text.substring(colon + 2));
  }
}
