package dev.jmr.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jmr.cli.runner.RemoteRunner;
import dev.jmr.cli.runner.RunnerAddress;
import dev.jmr.cli.runner.RunnerChoice;
import dev.jmr.server.transfer.ProgressEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `docker-model compose`: what Docker Compose asks of a provider of models. It answers in lines of JSON.
///
/// Source: Compose's protocol for providers (docs/extension.md in its repository).
@Command(name = "compose", hidden = true, description = "For Docker Compose.")
final class ComposeCommand implements Runnable {
  private CommandSpec spec = CommandSpec.create();
  private final Context context;

  @Option(
      names = "--project-name",
      paramLabel = "NAME",
      description = "The project, which does not matter.")
  @SuppressWarnings("UnusedVariable") // Compose gives it
  private @Nullable String project;

  ComposeCommand(Context context) {
    this.context = context;
  }

  /// Called by picocli when it has read the annotations.
  @Spec
  @SuppressWarnings("UnusedMethod")
  private void describedBy(CommandSpec described) {
    spec = described;
    List.of(new Up(), new Down(), new Metadata())
        .forEach(each -> {
          CommandLine command = new CommandLine(each);
          described.addSubcommand(command.getCommandName(), command);
        });
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "compose: expected up, down or metadata");
  }

  private void say(String type, String message) {
    ObjectNode line = JsonNodeFactory.instance.objectNode();
    line.put("type", type);
    line.put("message", message);
    context.streams().print(line + "\n");
  }

  /// `compose up`: pulls the models, configures them, and tells where they are served.
  @Command(name = "up", sortOptions = false, description = "Makes models ready.")
  private final class Up implements Callable<Integer> {
    @Option(names = "--model", required = true, paramLabel = "MODEL", description = "A model.")
    private List<String> models = new ArrayList<>();

    @Option(names = "--runtime-flags", paramLabel = "FLAGS", description = "Flags of the engine.")
    private @Nullable String flags;

    @Option(names = "--context-size", paramLabel = "TOKENS", description = "Length of the context.")
    private int contextSize = -1;

    @Option(names = "--backend", paramLabel = "NAME", description = "The engine.")
    private String backend = "llama.cpp";

    @Option(
        names = "--speculative-draft-model",
        paramLabel = "MODEL",
        description = "A draft model.")
    private @Nullable String draftModel;

    @Option(names = "--speculative-num-tokens", paramLabel = "N", description = "Its tokens.")
    private int draftTokens;

    @Option(
        names = "--speculative-min-acceptance-rate",
        paramLabel = "X",
        description = "Its rate.")
    private double draftRate;

    @Parameters(arity = "0..1", paramLabel = "SERVICE", description = "The service.")
    @SuppressWarnings("UnusedVariable") // Compose gives it
    private @Nullable String service;

    @Override
    public Integer call() throws InterruptedException {
      try {
        up();
        return 0;
      } catch (RuntimeException e) {
        say("error", String.valueOf(e.getMessage()));
        return Failures.FAILED;
      }
    }

    private void up() throws InterruptedException {
      RunnerChoice choice = Runners.choice(context);
      RunnerAddress address =
          choice
              .runner()
              .orElseThrow(() ->
                  new CliException(
                      "expected a running model server, found none (%s); start one with 'jmr serve'"
                          .formatted(String.join("; ", choice.skipped()))));
      say("info", "Initializing model runner...");
      try (RemoteRunner runner = Runners.remote(context, address)) {
        for (String model : models) {
          runner.pull(model, this::tell);
        }
        say("setenv", "MODEL=" + String.join(",", models));
        configure(runner);
      }
      boolean named = !address.origin().equals("localhost");
      String base = named ? address.base().toString() : Endpoints.ofContainers(address);
      say("setenv", "URL=" + base + "/engines/v1/");
    }

    private void tell(ProgressEvent event) {
      if (event.type() == ProgressEvent.Type.WARNING) {
        say("debug", event.message());
      } else {
        say("info", event.message());
      }
    }

    private void configure(RemoteRunner runner) throws InterruptedException {
      if (contextSize > 0) {
        say("info", "Setting context size to " + contextSize);
      }
      if (flags != null) {
        say("info", "Setting raw runtime flags to " + flags);
      }
      if (draftModel != null) {
        say("info", "Enabling speculative decoding with draft model: " + draftModel);
      }
      for (String model : models) {
        runner.configure(body(model), backend);
        say("info", "Successfully configured backend for model " + model);
      }
    }

    private ObjectNode body(String model) {
      ObjectNode body = JsonNodeFactory.instance.objectNode().put("model", model);
      if (contextSize > 0) {
        body.put("context-size", contextSize);
      }
      if (flags != null) {
        body.put("raw-runtime-flags", flags);
      }
      if (draftModel != null) {
        body.putObject("speculative")
            .put("draft_model", draftModel)
            .put("num_tokens", draftTokens)
            .put("min_acceptance_rate", draftRate);
      }
      return body;
    }
  }

  /// `compose down`: models stay, others may use them.
  @Command(name = "down", description = "Does nothing: models stay.")
  private static final class Down implements Callable<Integer> {
    @Parameters(arity = "0..1", paramLabel = "SERVICE", description = "The service.")
    @SuppressWarnings("UnusedVariable") // Compose gives it
    private @Nullable String service;

    @Option(names = "--model", hidden = true)
    @SuppressWarnings("UnusedVariable") // Compose gives it
    private List<String> models = new ArrayList<>();

    @Override
    public Integer call() {
      return 0;
    }
  }

  /// `compose metadata`: which options `up` has.
  @Command(name = "metadata", description = "What up and down know.")
  private final class Metadata implements Callable<Integer> {
    @Override
    public Integer call() {
      ObjectNode root = JsonNodeFactory.instance.objectNode();
      root.put("description", "Docker Model Runner");
      ArrayNode parameters = root.putObject("up").putArray("parameters");
      parameter(parameters, "model", "models to run, such as ai/smollm2", true, "string", "");
      parameter(
          parameters, "context-size", "length of the context in tokens", false, "integer", "-1");
      parameter(parameters, "runtime-flags", "flags of the engine", false, "string", "");
      parameter(parameters, "backend", "the engine", false, "string", "llama.cpp");
      parameter(
          parameters,
          "speculative-draft-model",
          "draft model of speculative decoding",
          false,
          "string",
          "");
      parameter(parameters, "speculative-num-tokens", "tokens to draft", false, "integer", "0");
      parameter(
          parameters,
          "speculative-min-acceptance-rate",
          "lowest rate of acceptance",
          false,
          "float64",
          "0");
      root.putObject("down").putArray("parameters");
      context.streams().print(root.toString());
      return 0;
    }

    private static void parameter(
        ArrayNode all,
        String name,
        String description,
        boolean required,
        String type,
        String standard) {
      ObjectNode node = all.addObject();
      node.put("name", name);
      node.put("description", description);
      node.put("required", required);
      node.put("type", type);
      if (!standard.isEmpty()) {
        node.put("default", standard);
      }
    }
  }
}
