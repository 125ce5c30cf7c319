package dev.jmr.model.chat.output;

/// The state of reading one output: one mode at a time, between which the home mode reads.
final class Machine {
  final Input input = new Input();
  final EventSink out;
  final OutputOptions options;
  private final Mode home;
  private Mode mode;
  private boolean atHome = true;

  Machine(OutputOptions options, IdForm ids, Mode home) {
    this.options = options;
    this.out = new EventSink(ids, options.idCharacters());
    this.home = home;
    this.mode = home;
  }

  void enter(Mode next) {
    mode = next;
    atHome = false;
  }

  void enterHome() {
    mode = home;
    atHome = true;
  }

  void run() {
    while (mode.advance(this)) {}
  }

  void end() {
    input.end();
    run();
    while (!atHome || input.available() > 0) {
      mode.end(this);
      run();
    }
    home.end(this);
    out.end();
  }

  /// The call was none: what it took so far is text, and home goes on with the rest.
  ///
  /// @param raw what it took and did not hand out
  void breakOff(CharSequence raw, String reason) {
    out.malformed(reason);
    out.text(raw);
    enterHome();
  }

  /// What only looked like a call is text, which is no news.
  void giveUp(CharSequence raw) {
    out.text(raw);
    enterHome();
  }
}
