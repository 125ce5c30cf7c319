package dev.jmr.cli;

import java.util.Map;

/// What `/?` tells.
final class ChatHelp {
  private static final String COMMANDS =
      """
      /set                  show the parameters; /? set
      /set NAME VALUE       change one
      /show                 the model; /show system, parameters, template, license
      /save NAME            keep the conversation; NAME may be the path of a file
      /load NAME            go on with one that was kept
      /clear                forget the conversation
      /bye, /exit           leave; so does Ctrl-D
      ""\"                   begin and end a message of several lines; or end each line with \\
      @path                 include the text of a file; /? files
      /? shortcuts          the keys\
      """;

  private static final String SHORTCUTS =
      """
      Ctrl-C                stop the answer, or empty the line; leave if pressed once more
      Ctrl-D                leave
      Ctrl-X                write in the editor of $VISUAL or $EDITOR
      Ctrl-A, Ctrl-E        go to the beginning, the end of the line
      Alt-B, Alt-F          go back, forward a word
      Ctrl-K, Ctrl-U        delete to the end, to the beginning
      Ctrl-W                delete the word before
      Ctrl-L                empty the screen
      Ctrl-R                search in the history; up and down go through it
      Tab                   complete a command, a parameter or a @path\
      """;

  private static final String FILES =
      """
      @notes.txt, @src/Main.java, @~/letter.md, @"a name with blanks.txt"
      The text of the file goes along with the message: UTF-8, at most 1 MiB. A name that is no file stays as it is.
      Images (jpg, jpeg, png, webp) are refused: models cannot see them here yet.\
      """;

  private static final String SET =
      """
      /set NAME VALUE, or /set parameter NAME VALUE, where NAME is one of
        %s
      /set num_ctx N        the length of the context; the model is loaded again
      /set verbose on|off   whether tokens are counted after each answer
      /set system           forget the system message\
      """
          .formatted(Setting.names().replace(", top-n", ",\n  top-n"));

  static final Map<String, String> TOPICS =
      Map.of("", COMMANDS, "shortcuts", SHORTCUTS, "files", FILES, "set", SET);

  private ChatHelp() {}

  /// The help on a topic; on commands if there is no such topic.
  static String on(String topic) {
    return TOPICS.getOrDefault(topic, COMMANDS);
  }
}
