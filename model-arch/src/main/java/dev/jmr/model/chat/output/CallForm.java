package dev.jmr.model.chat.output;

import java.util.List;

/// How a dialect writes tool calls, as data: what a grammar must allow so that the parser reads calls and nothing else.
///
/// Calls are written as `open`, the parts of a call, for each further one `separator` and the parts again, and `close`.
///
/// @param triggers what the model writes first when it wants to call on its own accord: from there on a grammar may hold
/// @param call the parts of one call in order; exactly one [Part.Name] and one [Part.Arguments]
/// @param parallel whether one output may hold several calls
public record CallForm(
    List<String> triggers,
    String open,
    List<Part> call,
    String separator,
    String close,
    boolean parallel) {
  public CallForm {
    triggers = List.copyOf(triggers);
    call = List.copyOf(call);
  }

  /// A part of a call's text.
  public sealed interface Part {
    /// This text.
    record Literal(String text) implements Part {}

    /// The tool's name, as it is.
    record Name() implements Part {}

    /// The number of the call in this output, from 0, in decimal.
    record CallNumber() implements Part {}

    /// As many letters and digits, other ones in each call.
    record Id(int length) implements Part {}

    /// The arguments.
    record Arguments(ArgumentsForm form) implements Part {}
  }

  /// How arguments are written.
  public sealed interface ArgumentsForm {
    /// One object of JSON.
    record Json() implements ArgumentsForm {}

    /// Each as `beforeName name afterName value afterValue`, one behind the other. A string stands there as it is, without
    /// quotes or escapes, and cannot contain `afterValue`; any other value is JSON.
    ///
    /// @param afterNameOfText what follows the name of a string
    /// @param afterNameOfOther what follows the name of anything else
    record Tagged(
        String beforeName, String afterNameOfText, String afterNameOfOther, String afterValue)
        implements ArgumentsForm {}

    /// Each as `name=value`, with `, ` between them, where values are Python's literals.
    record Python() implements ArgumentsForm {}

    /// Each as `name:value`, with `,` between them; in values keys are bare and strings stand between `<|"|>`, unescaped.
    record Gemma() implements ArgumentsForm {}
  }

  /// A call in JSON: an object with these two keys.
  static List<Part> json(String nameKey, String argumentsKey) {
    return List.of(
        literal("{\"" + nameKey + "\": \""),
        new Part.Name(),
        literal("\", \"" + argumentsKey + "\": "),
        json(),
        literal("}"));
  }

  static Part literal(String text) {
    return new Part.Literal(text);
  }

  static Part name() {
    return new Part.Name();
  }

  static Part json() {
    return new Part.Arguments(new ArgumentsForm.Json());
  }

  /// Several calls, each in markers of its own.
  static CallForm each(String trigger, String open, List<Part> call, String close, String between) {
    return new CallForm(List.of(trigger), open, call, close + between + open, close, true);
  }

  /// A list of calls in JSON.
  static CallForm list(String trigger, String open, List<Part> call, String close) {
    return new CallForm(List.of(trigger), open, call, ", ", close, true);
  }

  /// The same with one more marker around all calls.
  CallForm within(String first, String last) {
    return new CallForm(triggers, first + open, call, separator, close + last, parallel);
  }

  /// The same for a prompt that ends with what opens the first call.
  CallForm behindOpenPrompt() {
    return new CallForm(triggers, "", call, separator, close, parallel);
  }
}
