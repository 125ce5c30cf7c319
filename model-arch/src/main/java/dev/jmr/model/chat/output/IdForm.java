package dev.jmr.model.chat.output;

/// What the ids look like that a dialect's templates take back.
record IdForm(String prefix, int length) {
  static final IdForm OPEN_AI = new IdForm("call_", 24);

  /// Nine letters or digits: the templates of Mistral refuse anything else.
  static final IdForm MISTRAL = new IdForm("", 9);
}
