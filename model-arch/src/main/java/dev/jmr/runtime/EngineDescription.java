package dev.jmr.runtime;

import java.util.List;
import java.util.Optional;

/// What an engine has loaded, and on what it runs.
///
/// @param name the model's own name, or its file's
/// @param architecture the value of `general.architecture`
/// @param capabilities what it can be asked for
/// @param contextLength tokens of prompt and answer together that one sequence may have
/// @param trainedContextLength what the model was trained with
/// @param parameterCount elements of all weights
/// @param weightBytes bytes of all weights
/// @param kvBytes bytes that the key-value cache may grow to
/// @param backend what executes the graph, such as `cpu: 512-bit vectors, 2 threads`
/// @param chatTemplate where the chat template is from; empty if there is none, and conversations cannot be answered
/// @param notes what a user should know: skipped backends, warnings about the model; those that begin with [#WARNING] also if
///     no details were asked for
public record EngineDescription(
    String name,
    String architecture,
    Capabilities capabilities,
    int contextLength,
    int trainedContextLength,
    long parameterCount,
    long weightBytes,
    long kvBytes,
    String backend,
    Optional<String> chatTemplate,
    List<String> notes) {
  /// What a note begins with that users should see even if they did not ask for details.
  public static final String WARNING = "warning: ";

  public EngineDescription {
    notes = List.copyOf(notes);
  }
}
