package dev.jmr.model.chat.output;

/// How a dialect writes the text of an answer, as data: what a grammar must put around it.
///
/// @param afterThought what stands between a thought and what follows it, be it text or a call
/// @param open stands before the text
/// @param close stands behind the text
public record AnswerForm(String afterThought, String open, String close) {
  /// Nothing stands around the text.
  public static final AnswerForm PLAIN = new AnswerForm("", "", "");

  public boolean plain() {
    return equals(PLAIN);
  }
}
