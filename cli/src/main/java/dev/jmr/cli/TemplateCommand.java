package dev.jmr.cli;

import dev.jmr.model.Model;
import dev.jmr.model.chat.ChatInput;
import dev.jmr.model.chat.ChatMessage;
import dev.jmr.model.chat.ChatMessage.Role;
import dev.jmr.model.chat.ChatTemplate;
import dev.jmr.model.chat.ChatTemplates;
import dev.jmr.model.chat.RenderedPrompt;
import dev.jmr.model.tokenizer.EncodeOptions;
import dev.jmr.model.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `jmr template`: the prompt that a conversation becomes.
@Command(
    name = "template",
    sortOptions = false,
    description = "Shows the prompt that the model's chat template makes of a conversation.")
final class TemplateCommand implements Callable<Integer> {
  private final Context context;

  @Parameters(
      index = "0",
      paramLabel = "MODEL",
      description = "A model of the store, or a GGUF file.")
  private String model = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "PROMPT",
      description = "What the user says last.")
  private @Nullable String prompt;

  @Option(
      names = "--system",
      paramLabel = "TEXT",
      description = "What the model is told before the conversation.")
  private @Nullable String system;

  @Option(
      names = "--messages",
      paramLabel = "FILE",
      description =
          "The conversation as JSON: a list of messages, or the body of a request; '-' reads the standard input.")
  private @Nullable String messages;

  @Option(
      names = "--kwargs",
      paramLabel = "JSON",
      description = "Variables of the template, such as '{\"enable_thinking\": false}'.")
  private String kwargs = "{}";

  @Option(
      names = "--chat-template",
      paramLabel = "FILE",
      description = "A Jinja template that stands in for the model's own.")
  private @Nullable String chatTemplate;

  @Option(
      names = "--no-generation-prompt",
      description = "Without the beginning of the model's answer.")
  private boolean closed;

  @Option(names = "--tokens", description = "The tokens of the prompt, one a line.")
  private boolean asTokens;

  TemplateCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws InterruptedException {
    try (Model opened = Model.open(LocatedModel.of(context, model).file())) {
      Optional<String> given = Optional.ofNullable(chatTemplate).map(TextFile::read);
      ChatTemplates.Choice choice =
          ChatTemplates.choose(opened, given)
              .orElseThrow(() ->
                  new CliException(
                      model + ": the model has no chat template; --chat-template gives one"));
      context.detail("chat template: " + choice.origin());
      Tokenizer tokenizer = opened.tokenizer();
      RenderedPrompt rendered = ChatTemplate.of(choice.source(), tokenizer).render(input());
      if (asTokens) {
        printTokens(tokenizer, rendered);
      } else {
        context.streams().print(rendered.text() + System.lineSeparator());
      }
    }
    return 0;
  }

  private ChatInput input() {
    Map<String, Object> variables = ChatJson.object("--kwargs", kwargs);
    ChatInput read =
        messages == null
            ? new ChatInput(List.of(), List.of(), variables, !closed)
            : ChatJson.read(TextFile.read(messages, context.streams()), variables, !closed);
    List<ChatMessage> all = new ArrayList<>(read.messages());
    if (system != null) {
      all.addFirst(new ChatMessage(Role.SYSTEM, system));
    }
    if (prompt != null) {
      all.add(new ChatMessage(Role.USER, prompt));
    }
    return new ChatInput(all, read.tools(), read.kwargs(), read.addGenerationPrompt());
  }

  private void printTokens(Tokenizer tokenizer, RenderedPrompt prompted) {
    int[] ids = tokenizer.encode(prompted.text(), EncodeOptions.PROMPT, prompted.literal());
    for (int id : ids) {
      context.streams().outWriter().printf("%8d  %s%n", id, Quoted.of(tokenizer.tokenText(id)));
    }
  }
}
