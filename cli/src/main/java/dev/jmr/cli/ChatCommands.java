package dev.jmr.cli;

import dev.jmr.cli.chat.Answerer.Topic;
import dev.jmr.runtime.EngineException;
import dev.jmr.runtime.UserFolders;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// What begins with a slash in a chat. For one thread.
final class ChatCommands {
  static final List<String> NAMES =
      List.of("/?", "/bye", "/clear", "/exit", "/help", "/load", "/save", "/set", "/show");

  private static final List<String> SHOWN =
      List.of("info", "system", "parameters", "template", "license");
  private static final int MAX_CONTEXT = 1 << 24;

  private final Conversation conversation;
  private final Consumer<String> show;
  private final UserFolders folders;
  private ChatSettings settings;
  private boolean verbose = true;

  /// @param show takes answers, without their last line end
  /// @param folders where conversations are kept
  ChatCommands(
      Conversation conversation,
      ChatSettings settings,
      Consumer<String> show,
      UserFolders folders) {
    this.conversation = conversation;
    this.settings = settings;
    this.show = show;
    this.folders = folders;
  }

  /// How the conversation is held by now.
  ChatSettings settings() {
    return settings;
  }

  /// Whether tokens are to be counted after each answer.
  boolean verbose() {
    return verbose;
  }

  /// What can follow a command.
  static List<String> arguments(String command) {
    return switch (command) {
      case "/?", "/help" -> ChatHelp.TOPICS.keySet().stream().filter(s -> !s.isEmpty()).toList();
      case "/show" -> SHOWN;
      case "/set" ->
          Stream.concat(Stream.of("num_ctx", "parameter", "verbose"), Setting.all().stream())
              .toList();
      default -> List.of();
    };
  }

  /// Obeys, and returns whether the chat goes on.
  boolean obey(String line) {
    int space = line.indexOf(' ');
    String command = space < 0 ? line : line.substring(0, space);
    String argument = space < 0 ? "" : line.substring(space).strip();
    try {
      switch (command) {
        case "/bye", "/exit" -> {
          return false;
        }
        case "/?", "/help" -> show.accept(ChatHelp.on(argument));
        case "/clear" -> {
          conversation.clear();
          show.accept("the conversation is forgotten");
        }
        case "/save" -> save(argument);
        case "/load" -> load(argument);
        case "/show" -> show(argument);
        case "/set" -> set(argument);
        default -> show.accept(unknown(command));
      }
    } catch (CliException | EngineException e) {
      show.accept(String.valueOf(e.getMessage()));
    }
    return true;
  }

  private static String unknown(String command) {
    return "no such command: %s%s; /? lists what there is"
        .formatted(
            command,
            Nearest.of(command, NAMES).map(name -> "; did you mean " + name + "?").orElse(""));
  }

  private void save(String name) {
    Path file = ConversationFile.path(name, folders);
    new ConversationFile(settings.system(), conversation.messages()).write(file);
    show.accept("%d messages saved as %s".formatted(conversation.messages().size(), file));
  }

  private void load(String name) {
    ConversationFile kept = ConversationFile.read(ConversationFile.path(name, folders));
    conversation.replace(kept.messages());
    settings = settings.withSystem(kept.system().orElse(""));
    show.accept("goes on after %d messages".formatted(kept.messages().size()));
  }

  private void show(String topic) {
    switch (topic) {
      case "", "info" -> show.accept(conversation.model().about(Topic.INFO));
      case "template" -> show.accept(conversation.model().about(Topic.TEMPLATE));
      case "license" -> show.accept(conversation.model().about(Topic.LICENSE));
      case "system" -> show.accept(settings.system().orElse("no system message"));
      case "parameters" -> show.accept(Setting.list(settings));
      default ->
          show.accept("no such topic: %s; there are %s".formatted(topic, String.join(", ", SHOWN)));
    }
  }

  private void set(String assignment) {
    String bare =
        assignment.startsWith("parameter ")
            ? assignment.substring("parameter ".length()).strip()
            : assignment;
    int space = bare.indexOf(' ');
    String name = space < 0 ? bare : bare.substring(0, space);
    String value = space < 0 ? "" : bare.substring(space).strip();
    switch (name.replace('-', '_')) {
      case "" -> show.accept(Setting.list(settings));
      case "num_ctx" -> changeContext(value);
      case "verbose" -> {
        verbose = !value.equals("off");
        show.accept("verbose = " + (verbose ? "on" : "off"));
      }
      default -> change(name, value);
    }
  }

  private void changeContext(String value) {
    try {
      int tokens = Integer.parseInt(value);
      if (tokens < 1 || tokens > MAX_CONTEXT) {
        show.accept("num_ctx: expected 1 to %d tokens, got %d".formatted(MAX_CONTEXT, tokens));
        return;
      }
      conversation.model().changeContext(tokens);
      show.accept("num_ctx = " + tokens);
    } catch (NumberFormatException _) {
      show.accept("num_ctx: expected a number, got '%s'".formatted(value));
    }
  }

  private void change(String name, String value) {
    Optional<Setting> setting = Setting.named(name);
    if (setting.isEmpty()) {
      show.accept("no such parameter: %s; there are %s".formatted(name, Setting.names()));
      return;
    }
    try {
      settings = setting.get().change().apply(settings, value);
      show.accept(setting.get().name() + " = " + setting.get().show().apply(settings));
    } catch (NumberFormatException _) {
      show.accept("%s: expected a number, got '%s'".formatted(name, value));
    } catch (IllegalArgumentException e) {
      show.accept(String.valueOf(e.getMessage()));
    }
  }
}
