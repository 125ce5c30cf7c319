package dev.jmr.cli;

import dev.jmr.runtime.EngineException;
import dev.jmr.runtime.Generation;
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
  private static final String HELP =
      """
      /set                  show the parameters
      /set NAME VALUE       change one: %s
      /clear                forget the conversation
      /bye                  leave; so does Ctrl-D
      ""\"                   begin and end a message of several lines
      Ctrl-C                stop the answer; twice: leave\
      """
          .formatted(Setting.names());

  private final Context context;
  private final Terminal terminal;
  private final LineReader lines;
  private final Conversation conversation;
  private ChatSettings settings;
  private boolean interruptedBefore;

  Repl(
      Context context,
      Terminal terminal,
      LineReader lines,
      Conversation conversation,
      ChatSettings settings) {
    this.context = context;
    this.terminal = terminal;
    this.lines = lines;
    this.conversation = conversation;
    this.settings = settings;
  }

  /// Chats on the terminal of the process and returns the exit code.
  static int onTerminal(Context context, Conversation conversation, ChatSettings settings)
      throws IOException, InterruptedException {
    try (Terminal terminal =
        TerminalBuilder.builder().name("jmr").system(true).dumb(true).build()) {
      LineReader lines = LineInput.reader(terminal, HistoryFile.prepare());
      return new Repl(context, terminal, lines, conversation, settings).chat();
    }
  }

  int chat() throws InterruptedException {
    show("type a message, or /? for help");
    while (true) {
      try {
        LineInput.Entry entry = LineInput.read(lines);
        interruptedBefore = false;
        if (!entry.command()) {
          answer(entry.text());
        } else if (entry.text().equals("/bye")) {
          return 0;
        } else {
          obey(entry.text());
        }
      } catch (UserInterruptException e) {
        if (interruptedBefore) {
          return 0;
        }
        interruptedBefore = e.getPartialLine().isEmpty();
        if (interruptedBefore) {
          show("Ctrl-C once more, or /bye, leaves");
        }
      } catch (EndOfFileException e) {
        return 0;
      }
    }
  }

  private void obey(String command) {
    if (command.equals("/?") || command.equals("/help")) {
      show(HELP);
    } else if (command.equals("/clear")) {
      conversation.clear();
      show("the conversation is forgotten");
    } else if (command.equals("/set") || command.startsWith("/set ")) {
      set(command.substring("/set".length()).strip());
    } else {
      show("no such command: " + command + "; /? lists what there is");
    }
  }

  private void set(String assignment) {
    if (assignment.isEmpty()) {
      show(Setting.list(settings));
      return;
    }
    int space = assignment.indexOf(' ');
    String name = space < 0 ? assignment : assignment.substring(0, space);
    String value = space < 0 ? "" : assignment.substring(space).strip();
    Optional<Setting> setting = Setting.named(name);
    if (setting.isEmpty()) {
      show("no such parameter: " + name + "; there are " + Setting.names());
      return;
    }
    try {
      settings = setting.get().change().apply(settings, value);
      show(name + " = " + setting.get().show().apply(settings));
    } catch (NumberFormatException e) {
      show(name + ": expected a number, got '" + value + "'");
    } catch (IllegalArgumentException e) {
      show(String.valueOf(e.getMessage()));
    }
  }

  private void answer(String question) throws InterruptedException {
    if (question.isBlank()) {
      return;
    }
    Consumer<String> out = this::write;
    Consumer<String> thoughts = text -> write(Style.grey(text));
    try {
      Generation generation = conversation.ask(question, settings);
      SignalHandler before = terminal.handle(Signal.INT, stopping(generation));
      try {
        AnswerWriter.Answer answer =
            new AnswerWriter(out, Optional.of(thoughts), Optional.of(out)).write(generation);
        conversation.answered(question, answer.text());
        write("\n" + Style.grey(Statistics.line(answer.finished())) + "\n\n");
      } finally {
        terminal.handle(Signal.INT, before);
      }
    } catch (EngineException e) {
      show("jmr: " + e.getMessage());
      if (context.verbose()) {
        e.printStackTrace(terminal.writer());
      }
    }
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
    write(Style.grey(text) + "\n");
  }

  private void write(String text) {
    terminal.writer().print(text);
    terminal.writer().flush();
  }
}
