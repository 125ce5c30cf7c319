package dev.jmr.cli;

import dev.jmr.bench.TuningOptions;
import dev.jmr.cli.chat.ServerModel;
import dev.jmr.cli.markdown.Markdown;
import dev.jmr.cli.runner.RemoteRunner;
import dev.jmr.cli.runner.RunnerException;
import dev.jmr.demo.DemoModel;
import dev.jmr.runtime.Capabilities;
import dev.jmr.runtime.Capabilities.Task;
import dev.jmr.runtime.EngineDescription;
import dev.jmr.runtime.EngineOptions;
import dev.jmr.runtime.Generation;
import dev.jmr.runtime.GenerationEvent;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
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
      arity = "0..1",
      paramLabel = "MODEL",
      description =
          "A model of the server that runs or of the store, or a GGUF file. Without one (what has spaces is a PROMPT) the "
              + DemoModel.NAME
              + " that comes with JMR.")
  private String model = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "PROMPT",
      description = "What to say to the model; @FILE brings a text along.")
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

  @Option(
      names = {"-d", "--detach"},
      description = "Have the server load the model, and answer nothing.")
  private boolean detach;

  @Mixin private ServerOption server = new ServerOption();

  @Mixin private ViewOptions view = new ViewOptions();

  @Mixin private SamplingOptions sampling = new SamplingOptions();

  @Mixin private AnswerOptions answers = new AnswerOptions();

  @Mixin private LoadOptions load = new LoadOptions();

  @Mixin private TuningOptions tuning = new TuningOptions();

  RunCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws Exception {
    boolean named = named();
    if (!named) {
      useBuiltIn();
    }
    Optional<ServerModel> remote =
        named || server.named() ? server.model(context, model) : Optional.empty();
    if (remote.isPresent()) {
      return onServer(remote.get(), settings(Map.of()));
    }
    LocatedModel located = LocatedModel.of(context, model);
    return here(located, settings(located.sampling()));
  }

  /// Names have no spaces, and files that have some are there: what has spaces otherwise is a prompt.
  private boolean named() {
    if (ModelStores.builtIn(context.environment()).isEmpty()) {
      if (model.isEmpty()) {
        throw new ParameterException(spec.commandLine(), "Missing required parameter: 'MODEL'");
      }
      return true;
    }
    boolean spaces = model.chars().anyMatch(Character::isWhitespace);
    return !model.isEmpty() && (prompt != null || !spaces || LocatedModel.isFile(model));
  }

  /// In this process: it is loaded at once, and a server may be one that does not know it.
  private void useBuiltIn() {
    prompt = model.isEmpty() ? prompt : model;
    model = DemoModel.NAME;
    context
        .streams()
        .note(
            "no model was named: %s answers, which is small and comes with JMR; 'jmr run ai/qwen3' fetches a larger one"
                .formatted(model));
  }

  private ChatSettings settings(Map<String, Double> usual) {
    return new ChatSettings(
        sampling.toParameters(usual),
        sampling.maxTokens(),
        sampling.stop(),
        Optional.ofNullable(system),
        answers.rules(),
        answers.tools());
  }

  private int onServer(ServerModel remote, ChatSettings settings) throws Exception {
    try (remote) {
      if (chatTemplate != null) {
        throw new CliException("--chat-template: expected a model that runs here, got a server's");
      }
      Optional<String> question = detach ? Optional.empty() : question();
      if (remote.runner().isPresent()) {
        prepare(remote.runner().get(), question.isEmpty());
      } else if (detach) {
        throw new CliException("--detach: expected a model runner, got a server that only answers");
      }
      return detach ? 0 : converse(new Conversation(remote, !raw), question, settings);
    }
  }

  /// Has the server fetch the model if it does not have it, and load it if nothing is asked yet.
  private void prepare(RemoteRunner runner, boolean preload) throws InterruptedException {
    new Transfers(context, runner).pullIfMissing(model);
    if (detach) {
      runner.preload(model);
    } else if (preload) {
      Thread.ofVirtual().name("jmr-preload").start(() -> preload(runner));
    }
  }

  /// So that the first answer comes sooner. What is wrong will be told with that.
  private void preload(RemoteRunner runner) {
    try {
      runner.preload(model);
    } catch (RunnerException e) {
      context.detail(String.valueOf(e.getMessage()));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private int here(LocatedModel located, ChatSettings settings) throws Exception {
    if (detach) {
      throw new CliException(
          "--detach: expected a server that keeps the model loaded, got none; start one with 'jmr serve'");
    }
    Optional<String> question = question();
    EngineOptions options = options(located);
    try (EmbeddedModel embedded =
        new EmbeddedModel(
            located.file(),
            options.chatTemplate(),
            tokens ->
                EngineLoader.load(
                    context,
                    located.file(),
                    tokens == 0 ? options : options.withContextLength(tokens)))) {
      requireText(embedded.description().capabilities());
      boolean chat = chats(embedded.description());
      if (!chat && !settings.tools().isEmpty()) {
        throw new CliException(
            "--tools: expected a model with a chat template, and no --raw: only a conversation offers tools");
      }
      return converse(new Conversation(embedded, chat), question, settings);
    }
  }

  private int converse(Conversation conversation, Optional<String> question, ChatSettings settings)
      throws Exception {
    ChatView shown = view.view(context.streams().terminals().out());
    return question.isPresent()
        ? answer(conversation.ask(question.get(), settings), shown)
        : Repl.onTerminal(context, conversation, settings, shown);
  }

  private EngineOptions options(LocatedModel located) {
    EngineOptions options = tuning.addTo(load.toEngineOptions());
    return located.addTo(
        chatTemplate == null ? options : options.withChatTemplate(TextFile.read(chatTemplate)));
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
      String asked = raw ? prompt : Attachments.addTo(prompt);
      return Optional.of(piped.isEmpty() ? asked : asked + "\n\n" + piped);
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

  private boolean chats(EngineDescription engine) {
    Optional<String> template = raw ? Optional.empty() : engine.chatTemplate();
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

  private int answer(Generation generation, ChatView shown) throws InterruptedException {
    Streams streams = context.streams();
    Terminals terminals = streams.terminals();
    boolean onTerminal = terminals.err() && terminals.out();
    Consumer<String> out =
        terminals.out() ? text -> streams.print(Style.harmless(text)) : streams::print;
    Markdown markdown = new Markdown(streams::print);
    AnswerWriter writer =
        new AnswerWriter(
            shown.markdown() ? text -> markdown.write(Style.harmless(text)) : out,
            shown.thoughts()
                ? Optional.of(text -> streams.print(Style.grey(Style.harmless(text))))
                : Optional.empty(),
            terminals.err() ? Optional.of(streams::printError) : Optional.empty());
    GenerationEvent.Finished finished = writer.write(generation).finished();
    markdown.end();
    streams.print(System.lineSeparator());
    if (onTerminal) {
      streams.printError(Style.grey(Statistics.usage(finished)) + System.lineSeparator());
    }
    context.detail(Statistics.line(finished));
    return 0;
  }
}
