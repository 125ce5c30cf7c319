package dev.jmr.model.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.List;

/// Something that reads foreign text, and what must hold of it whatever the text is. Has no state: an input that failed
/// once fails again.
public interface FuzzTarget {
  /// Short and in lower case: also the name of the folder of its inputs.
  String name();

  /// Tries one input.
  ///
  /// @throws RuntimeException or an error, if something does not hold
  void run(byte[] input);

  /// Inputs to begin with.
  List<byte[]> seeds();

  /// What is worth putting into an input: the words of the language.
  List<String> words();

  /// Texts as inputs.
  static List<byte[]> bytes(List<String> texts) {
    return texts.stream().map(text -> text.getBytes(StandardCharsets.UTF_8)).toList();
  }
}
