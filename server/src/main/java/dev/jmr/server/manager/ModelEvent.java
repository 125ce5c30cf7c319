package dev.jmr.server.manager;

/// Something that happened to a model.
///
/// @param model its name
/// @param detail for people: figures, or a reason
public record ModelEvent(Kind kind, String model, String detail) {
  /// What happened.
  public enum Kind {
    LOADING("is being loaded"),
    LOADED("was loaded"),
    FAILED("could not be loaded"),
    EVICTED("was evicted"),
    EXPIRED("was unloaded after its keep-alive time"),
    UNLOADED("was unloaded"),
    BROKEN("stopped");

    private final String text;

    Kind(String text) {
      this.text = text;
    }
  }

  /// Like `model 'x' was loaded: 1.2 s, 12 MiB`.
  @Override
  public String toString() {
    return "model '%s' %s%s".formatted(model, kind.text, detail.isEmpty() ? "" : ": " + detail);
  }
}
