package dev.jmr.cli;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.jmr.cli.runner.RemoteRunner;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `jmr requests`: the last requests that a server answered, and its answers.
@Command(
    name = "requests",
    sortOptions = false,
    description = "Shows the last requests to the server with their answers, as JSON.")
final class RequestsCommand implements Callable<Integer> {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String EVENT = "event:";
  private static final String DATA = "data:";

  private final Context context;

  @Option(
      names = {"-f", "--follow"},
      description = "Show requests as they come.")
  private boolean follow;

  @Option(names = "--include-existing", description = "With --follow: those of before first.")
  private boolean existing;

  @Option(names = "--model", paramLabel = "MODEL", description = "Only those to this model.")
  private @Nullable String model;

  RequestsCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws InterruptedException, IOException {
    try {
      return CtrlC.ends(this::print);
    } catch (InterruptedException e) {
      if (follow) {
        return Failures.INTERRUPTED;
      }
      throw e;
    }
  }

  private int print() throws InterruptedException, IOException {
    Optional<String> wanted = Optional.ofNullable(model);
    try (RemoteRunner runner = Runners.requireServer(context, "requests")) {
      if (follow) {
        follow(runner, wanted);
      } else {
        Json.print(context.streams(), runner.requests(wanted));
      }
    }
    return 0;
  }

  private void follow(RemoteRunner runner, Optional<String> wanted)
      throws InterruptedException, IOException {
    try (BufferedReader events =
        new BufferedReader(
            new InputStreamReader(
                runner.followRequests(wanted, existing), StandardCharsets.UTF_8))) {
      String event = "";
      for (String line = events.readLine(); line != null; line = events.readLine()) {
        if (line.startsWith(EVENT)) {
          event = line.substring(EVENT.length()).strip();
        } else if (line.startsWith(DATA)) {
          tell(event, line.substring(DATA.length()).strip());
        }
      }
    }
  }

  private void tell(String event, String data) {
    switch (event) {
      case "existing_request", "new_request" -> {
        try {
          Json.print(context.streams(), JSON.readTree(data));
          context.streams().flush();
        } catch (JacksonException _) {
          context.streams().note("requests: expected JSON, got " + data);
        }
      }
      case "error" -> context.streams().note("requests: " + data);
      default -> context.detail("requests: " + event);
    }
  }
}
