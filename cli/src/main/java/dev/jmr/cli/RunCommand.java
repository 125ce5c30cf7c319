package dev.jmr.cli;

import dev.jmr.bench.TuningOptions;
import dev.jmr.runtime.Capabilities;
import dev.jmr.runtime.Capabilities.Task;
import dev.jmr.runtime.Engine;
import dev.jmr.runtime.EngineOptions;
import dev.jmr.runtime.Generation;
import dev.jmr.runtime.GenerationEvent;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `jmr run`: answers a prompt, or chats.
@Command(
    name = "run",
    sortOptions = false,
    description =
        "Answers PROMPT, or what is piped in, or both with the prompt first; without either, chats.")
final class RunCommand implements Callable<Integer> {
  private static final String BUILT_IN = "built-in";

  private final Context context;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      index = "0",
      paramLabel = "MODEL",
      description = "A model of the store, or a GGUF file.")
  private String model = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "PROMPT",
      description = "What to say to the model.")
  private @Nullable String prompt;

  @Option(
      names = "--system",
      paramLabel = "TEXT",
      description = "What the model is told before the conversation.")
  private @Nullable String system;

  @Option(
      names = "--chat-template",
      paramLabel = "FILE",
      description = "A Jinja template that stands in for the model's own.")
  private @Nullable String chatTemplate;

  @Option(names = "--raw", description = "Continue the text as it is, without a chat template.")
  private boolean raw;

  @Mixin private SamplingOptions sampling = new SamplingOptions();

  @Mixin private AnswerOptions answers = new AnswerOptions();

  @Mixin private LoadOptions load = new LoadOptions();

  @Mixin private TuningOptions tuning = new TuningOptions();

  RunCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws Exception {
    ChatSettings settings =
        new ChatSettings(
            sampling.toParameters(),
            sampling.maxTokens(),
            sampling.stop(),
            Optional.ofNullable(system),
            answers.rules(),
            answers.tools());
    LocatedModel located = LocatedModel.of(context, model);
    Optional<String> question = question();
    try (Engine engine = load(located)) {
      requireText(engine.description().capabilities());
      boolean chat = chats(engine);
      if (!chat && !settings.tools().isEmpty()) {
        throw new CliException(
            "--tools: expected a model with a chat template, and no --raw: only a conversation offers tools");
      }
      Conversation conversation = new Conversation(engine, chat);
      return question.isPresent()
          ? answer(conversation.ask(question.get(), settings))
          : Repl.onTerminal(context, conversation, settings);
    }
  }

  private Engine load(LocatedModel located) {
    EngineOptions options = tuning.addTo(load.toEngineOptions());
    EngineOptions templated =
        chatTemplate == null ? options : options.withChatTemplate(TextFile.read(chatTemplate));
    return EngineLoader.load(context, located.file(), located.addTo(templated));
  }

  private void requireText(Capabilities capabilities) {
    if (!capabilities.can(Task.GENERATE)) {
      throw new CliException(
          "%s: expected a model that generates text, got one that can %s%s"
              .formatted(
                  model, capabilities, capabilities.can(Task.EMBED) ? "; use jmr embed" : ""));
    }
  }

  /// Prompt, blank line, standard input; empty when there is a terminal to chat on.
  private Optional<String> question() {
    Terminals terminals = context.streams().terminals();
    String piped = terminals.in() ? "" : context.streams().readAll().stripTrailing();
    if (prompt != null) {
      return Optional.of(piped.isEmpty() ? prompt : prompt + "\n\n" + piped);
    }
    if (!piped.isEmpty()) {
      return Optional.of(piped);
    }
    if (!terminals.in() || !terminals.out()) {
      throw new ParameterException(
          spec.commandLine(),
          "prompt: expected one as an argument or on the standard input, got nothing, and there is no terminal to chat on");
    }
    return Optional.empty();
  }

  private boolean chats(Engine engine) {
    Optional<String> template = raw ? Optional.empty() : engine.description().chatTemplate();
    if (template.isEmpty()) {
      if (system != null) {
        String why = raw ? "--raw continues the text" : "the model has no chat template";
        context.streams().note("--system is not used: " + why);
      }
      return false;
    }
    if (template.get().startsWith(BUILT_IN)) {
      context.streams().note("the model has no chat template; chatting by the " + template.get());
    }
    return true;
  }

  private int answer(Generation generation) throws InterruptedException {
    Streams streams = context.streams();
    boolean onTerminal = streams.terminals().err() && streams.terminals().out();
    AnswerWriter writer =
        new AnswerWriter(
            streams::print,
            streams.terminals().out()
                ? Optional.of(text -> streams.print(Style.grey(text)))
                : Optional.empty(),
            streams.terminals().err() ? Optional.of(streams::printError) : Optional.empty());
    GenerationEvent.Finished finished = writer.write(generation).finished();
    streams.print(System.lineSeparator());
    if (onTerminal) {
      streams.printError(Style.grey(Statistics.line(finished)) + System.lineSeparator());
    } else {
      context.detail(Statistics.line(finished));
    }
    return 0;
  }
}
