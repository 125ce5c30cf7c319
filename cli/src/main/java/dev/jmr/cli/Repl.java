package dev.jmr.cli;

import dev.jmr.cli.markdown.Markdown;
import dev.jmr.runtime.EngineException;
import dev.jmr.runtime.Generation;
import dev.jmr.runtime.GenerationEvent.Finished;
import dev.jmr.runtime.GenerationEvent.Reason;
import dev.jmr.runtime.RequestException;
import dev.jmr.runtime.UserFolders;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.Terminal.SignalHandler;
import org.jline.terminal.TerminalBuilder;

/// The chat on a terminal: reads a line, writes the answer, until the user leaves.
final class Repl {
  private static final String FULL =
      "the context is full: /clear forgets the conversation, /set num_ctx N makes room for more";

  private final Context context;
  private final Terminal terminal;
  private final LineReader lines;
  private final ExternalEditor editor;
  private final Conversation conversation;
  private final ChatCommands commands;
  private final ChatView view;
  private boolean interruptedBefore;

  Repl(
      Context context,
      Terminal terminal,
      LineReader lines,
      Conversation conversation,
      ChatSettings settings,
      ChatView view) {
    this.context = context;
    this.terminal = terminal;
    this.lines = lines;
    this.editor = new ExternalEditor(context.environment());
    this.conversation = conversation;
    this.commands =
        new ChatCommands(
            conversation,
            settings,
            this::show,
            UserFolders.of(
                context.environment(),
                System.getProperty("os.name"),
                System.getProperty("user.home")));
    this.view = view;
    editor.bind(lines);
  }

  /// Chats on the terminal of the process and returns the exit code.
  static int onTerminal(
      Context context, Conversation conversation, ChatSettings settings, ChatView view)
      throws IOException, InterruptedException {
    try (Terminal terminal =
        TerminalBuilder.builder().name("jmr").system(true).dumb(true).build()) {
      LineReader lines = LineInput.reader(terminal, HistoryFile.prepare(context.environment()));
      return new Repl(context, terminal, lines, conversation, settings, view).chat();
    }
  }

  int chat() throws InterruptedException {
    show("Send a message (/? for help)");
    while (true) {
      try {
        LineInput.Entry entry = LineInput.read(lines, editor);
        interruptedBefore = false;
        if (!entry.command()) {
          answer(entry.text());
        } else if (!commands.obey(entry.text())) {
          return 0;
        }
      } catch (UserInterruptException e) {
        if (interruptedBefore) {
          return 0;
        }
        interruptedBefore = e.getPartialLine().isEmpty();
        if (interruptedBefore) {
          show("Ctrl-D or /bye leaves, and so does Ctrl-C once more");
        }
      } catch (EndOfFileException _) {
        return 0;
      }
    }
  }

  private void answer(String message) throws InterruptedException {
    if (message.isBlank()) {
      return;
    }
    try {
      String question = Attachments.addTo(message);
      Generation generation = conversation.ask(question, commands.settings());
      SignalHandler before = terminal.handle(Signal.INT, stopping(generation));
      try {
        AnswerWriter.Answer answer = write(generation);
        conversation.answered(question, answer.text());
        end(answer.finished());
      } finally {
        terminal.handle(Signal.INT, before);
      }
    } catch (EngineException | CliException e) {
      show("jmr: " + e.getMessage());
      if (e instanceof RequestException && String.valueOf(e.getMessage()).contains("context")) {
        show(FULL);
      }
      if (context.verbose()) {
        e.printStackTrace(terminal.writer());
      }
    }
  }

  private AnswerWriter.Answer write(Generation generation) throws InterruptedException {
    Markdown markdown = new Markdown(this::write);
    Consumer<String> shown = view.markdown() ? markdown::write : this::write;
    Consumer<String> thoughts = text -> write(Style.grey(Style.harmless(text)));
    AnswerWriter writer =
        new AnswerWriter(
            text -> shown.accept(Style.harmless(text)),
            view.thoughts() ? Optional.of(thoughts) : Optional.empty(),
            Optional.of(this::write));
    try {
      return writer.write(generation);
    } finally {
      markdown.end();
    }
  }

  private void end(Finished finished) {
    write("\n");
    if (commands.verbose()) {
      show(Statistics.usage(finished));
    }
    if (finished.reason() == Reason.LENGTH && commands.settings().maxTokens() == 0) {
      show(FULL);
    }
    write("\n");
  }

  /// The first Ctrl-C stops the answer, a second one the program, should the engine not answer.
  private static SignalHandler stopping(Generation generation) {
    return new SignalHandler() {
      private boolean cancelled;

      @Override
      public void handle(Signal signal) {
        if (cancelled) {
          Runtime.getRuntime().exit(Failures.INTERRUPTED);
        }
        cancelled = true;
        generation.cancel();
      }
    };
  }

  private void show(String text) {
    write(Style.grey(Style.harmless(text)) + "\n");
  }

  private void write(String text) {
    terminal.writer().print(text);
    terminal.writer().flush();
  }
}
