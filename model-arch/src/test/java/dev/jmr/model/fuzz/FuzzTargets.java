package dev.jmr.model.fuzz;

import dev.jmr.model.chat.ChatTemplateFuzz;
import dev.jmr.model.chat.PlainJsonFuzz;
import dev.jmr.model.chat.output.OutputParserFuzz;
import dev.jmr.model.grammar.gbnf.GbnfFuzz;
import dev.jmr.model.grammar.regex.RegexFuzz;
import dev.jmr.model.grammar.schema.JsonSchemaFuzz;
import dev.jmr.model.json.JsonReaderFuzz;
import dev.jmr.model.template.TemplateFuzz;
import java.util.List;

/// Every [FuzzTarget].
final class FuzzTargets {
  static final List<FuzzTarget> ALL =
      List.of(
          new TemplateFuzz(),
          new ChatTemplateFuzz(),
          new JsonSchemaFuzz(),
          new GbnfFuzz(),
          new RegexFuzz(),
          new JsonReaderFuzz(),
          new PlainJsonFuzz(),
          new OutputParserFuzz());

  private FuzzTargets() {}

  /// @throws IllegalArgumentException if there is none of this name
  static FuzzTarget named(String name) {
    return ALL.stream()
        .filter(target -> target.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "fuzz target: expected one of %s, got %s"
                    .formatted(ALL.stream().map(FuzzTarget::name).toList(), name)));
  }
}
