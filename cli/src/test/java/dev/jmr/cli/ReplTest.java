package dev.jmr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jmr.gguf.GgufValue;
import dev.jmr.model.sample.SamplingParameters;
import dev.jmr.runtime.EngineOptions;
import dev.jmr.runtime.StopConditions;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.DumbTerminal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReplTest {
  @TempDir private Path folder;

  private static final Map<String, String> ENVIRONMENT =
      Map.of("XDG_STATE_HOME", Path.of("target", "state").toAbsolutePath().toString());

  private static final ChatSettings SETTINGS =
      new ChatSettings(
          SamplingParameters.defaults().withTemperature(0),
          8,
          StopConditions.NONE,
          Optional.of("Be brief"));

  /// Chats by typing `input` and returns what the terminal showed.
  private static String chat(String model, boolean chat, String input) throws Exception {
    return chat(model, chat, input, SETTINGS, new AtomicReference<>(), new ByteArrayOutputStream());
  }

  private static String chat(
      String model,
      boolean chat,
      String input,
      ChatSettings settings,
      AtomicReference<Terminal> atTerminal,
      ByteArrayOutputStream screen)
      throws Exception {
    InputStream keys = new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8));
    Streams streams = new Streams(InputStream.nullInputStream(), screen, screen, Terminals.NONE);
    Context context = new Context(streams, ENVIRONMENT, () -> false);
    try (Terminal terminal =
            new DumbTerminal("test", "dumb", keys, screen, StandardCharsets.UTF_8);
        EmbeddedModel answerer = embedded(context, model)) {
      atTerminal.set(terminal);
      Conversation conversation = new Conversation(answerer, chat);
      int code =
          new Repl(
                  context,
                  terminal,
                  LineInput.reader(terminal, Optional.empty()),
                  conversation,
                  settings,
                  new ChatView(false, true))
              .chat();
      assertThat(code).isZero();
    }
    return screen.toString(StandardCharsets.UTF_8);
  }

  private static EmbeddedModel embedded(Context context, String model) {
    return new EmbeddedModel(
        Path.of(model),
        Optional.empty(),
        tokens ->
            EngineLoader.load(
                context, Path.of(model), EngineOptions.defaults().withContextLength(tokens)));
  }

  private static String answerTo(String model, String prompt) {
    return Jmr.run("run", model, prompt, "--raw", "--temp", "0", "-n", "8").out().stripTrailing();
  }

  /// The answer as a screen shows it.
  private static String shownFor(String model, String prompt) {
    return Style.harmless(answerTo(model, prompt));
  }

  private Path chatModel() {
    return TestModels.with(folder, "tokenizer.chat_template", GgufValue.string(TestModels.CHATML));
  }

  @Test
  void answersAndLeavesAtBye() throws Exception {
    String screen = chat(Jmr.LLAMA3, false, "Hello\n/bye\nmore\n");
    assertThat(screen).contains(shownFor(Jmr.LLAMA3, "Hello"), "8 completion");
    assertThat(screen).containsOnlyOnce("Token usage: ");
  }

  @Test
  void leavesAtTheEndOfTheInput() throws Exception {
    assertThat(chat(Jmr.LLAMA3, false, "")).contains("/? for help");
  }

  @Test
  void theConversationGoesAlongUntilItIsCleared() throws Exception {
    String model = chatModel().toString();
    String begin = "<|im_start|>system\nBe brief<|im_end|>\n<|im_start|>user\nHello<|im_end|>\n";
    String first = answerTo(Jmr.LLAMA3, begin + "<|im_start|>assistant\n");
    String alone = chat(model, true, "Hello\n/clear\nHello\n");
    assertThat(alone.split(Pattern.quote(Style.harmless(first)), -1)).hasSize(3);
    String second =
        answerTo(
            Jmr.LLAMA3,
            begin
                + "<|im_start|>assistant\n"
                + first
                + "<|im_end|>\n<|im_start|>user\nAgain<|im_end|>\n<|im_start|>assistant\n");
    assertThat(chat(model, true, "Hello\nAgain\n"))
        .contains(Style.harmless(first), Style.harmless(second));
  }

  @Test
  void threeQuotesBeginAndEndAMessageOfSeveralLines() throws Exception {
    assertThat(chat(Jmr.LLAMA3, false, "\"\"\"one\n/bye\nthree\"\"\"\n"))
        .contains(shownFor(Jmr.LLAMA3, "one\n/bye\nthree"));
  }

  @Test
  void setShowsAndChangesParameters() throws Exception {
    String screen =
        chat(
            Jmr.LLAMA3,
            false,
            """
            /set
            /set temp 0.5
            /set max-tokens 3
            /set top-p 2
            /set top-k many
            /set colour red
            Hello
            """);
    assertThat(screen)
        .containsPattern("seed +-1")
        .containsPattern("system +Be brief")
        .contains(
            "temp = 0.5",
            "max-tokens = 3",
            "top_p: expected more than 0, at most 1 (off), got 2.0",
            "top-k: expected a number, got 'many'",
            "no such parameter: colour; there are temp, top-k",
            "3 completion");
  }

  @Test
  void helpListsTheCommandsAndAnUnknownOneIsNamed() throws Exception {
    assertThat(chat(Jmr.LLAMA3, false, "/?\n/quit\n"))
        .contains("/clear", "/bye", "Ctrl-D", "no such command: /quit");
  }

  @Test
  void aQuestionThatDoesNotFitIsRefusedAndTheChatGoesOn() throws Exception {
    String screen = chat(Jmr.LLAMA3, false, "word ".repeat(9000).strip() + "\nHello\n");
    assertThat(screen).contains("jmr: prompt has ", shownFor(Jmr.LLAMA3, "Hello"));
  }

  @Test
  void interruptingStopsTheAnswerAndTheChatGoesOn() throws Exception {
    AtomicReference<Terminal> terminal = new AtomicReference<>();
    ByteArrayOutputStream screen =
        new ByteArrayOutputStream() {
          private boolean raised;

          @Override
          public synchronized void write(byte[] bytes, int offset, int length) {
            super.write(bytes, offset, length);
            String screen = toString(StandardCharsets.UTF_8);
            int question = screen.indexOf("> ");
            if (!raised && question >= 0 && screen.length() > question + 40) {
              raised = true;
              terminal.get().raise(Terminal.Signal.INT);
            }
          }
        };
    ChatSettings endless =
        new ChatSettings(
            SamplingParameters.defaults().withTemperature(0),
            0,
            StopConditions.NONE,
            Optional.empty());
    String shown = chat(Jmr.Q4_K_M, false, "Hello\n/set seed 1\n", endless, terminal, screen);
    assertThat(shown).contains("; cancelled", "seed = 1");
  }

  @Test
  void aBackslashAtTheEndGoesOnWithTheNextLine() throws Exception {
    assertThat(chat(Jmr.LLAMA3, false, "one\\\ntwo\n")).contains(shownFor(Jmr.LLAMA3, "one\ntwo"));
  }

  @Test
  void aFileIsIncludedByItsName() throws Exception {
    Path file = Files.writeString(folder.resolve("a note.txt"), "Hello there\n");
    String message = "Read @\"" + file + "\"";
    assertThat(chat(Jmr.LLAMA3, false, message + "\n"))
        .contains(shownFor(Jmr.LLAMA3, message + "\n\n" + file + ":\n```\nHello there\n```"));
  }

  @Test
  void aConversationIsKeptAndTakenUpAgain() throws Exception {
    String model = chatModel().toString();
    Path file = folder.resolve("kept.json");
    String straight = chat(model, true, "Hello\nAgain\n");
    chat(model, true, "Hello\n/save " + file + "\n");
    assertThat(Files.readString(file)).contains("\"Be brief\"", "\"Hello\"");
    String loaded = chat(model, true, "/load " + file + "\nAgain\n");
    String answered = straight.split("Token usage", -1)[1];
    String last = answered.substring(answered.indexOf("> "), answered.indexOf("\n\u001b"));
    assertThat(loaded).contains("goes on after 2 messages", last);
    assertThat(chat(model, true, "/load nothing-there\n")).contains("no such file");
  }

  @Test
  void showTellsOfTheModelAndTheContextCanBeChanged() throws Exception {
    assertThat(chat(chatModel().toString(), true, "/show\n/show template\n/show system\n"))
        .contains("llama", "M parameters", "im_start", "Be brief");
    assertThat(chat(Jmr.LLAMA3, false, "/set num_ctx 64\n/show info\n/set num_ctx x\n/sho\n"))
        .contains(
            "num_ctx = 64",
            "context 64 tokens",
            "num_ctx: expected a number, got 'x'",
            "did you mean /show?");
  }
}
