package dev.jmr.model.chat;

/// One turn of a conversation.
///
/// @param role who speaks
/// @param content what is said, as it is: formats trim it where the model's template does
public record ChatMessage(Role role, String content) {
  /// Who speaks.
  public enum Role {
    SYSTEM("system"),
    USER("user"),
    ASSISTANT("assistant");

    private final String text;

    Role(String text) {
      this.text = text;
    }

    /// The role's name in templates and in the OpenAI API.
    public String text() {
      return text;
    }
  }
}
