package dev.jmr.model.chat.output;

import java.util.ArrayList;
import java.util.List;

/// How one family of models writes tool calls.
interface OutputDialect {
  /// The dialect's short name, for people.
  String name();

  /// Whether a model with this template and vocabulary writes so.
  boolean claims(TemplateTraits traits);

  /// How a call is written, for whoever makes the model write one.
  CallForm callForm();

  /// What stands around the text of an answer.
  default AnswerForm answerForm() {
    return AnswerForm.PLAIN;
  }

  /// What opens a call in the middle of prose, and what is to be dropped there.
  List<Trigger> triggers();

  /// What the ids are like that are made for calls without one.
  default IdForm idForm() {
    return IdForm.OPEN_AI;
  }

  /// What stands around the thoughts of a model with these traits.
  default List<ReasoningMarkers> reasoning(TemplateTraits traits) {
    return ReasoningStyles.of(traits);
  }

  /// What reads an output from its beginning.
  default Mode home(List<ReasoningMarkers> reasoning, OutputOptions options) {
    List<Trigger> all = new ArrayList<>(triggers());
    reasoning.forEach(markers -> all.add(markers.trigger()));
    return new ProseMode(all, !options.tools().isEmpty());
  }

  /// Puts the machine where this prompt leaves the model.
  default void start(Machine machine, List<ReasoningMarkers> reasoning) {
    for (ReasoningMarkers markers : reasoning) {
      if (markers.openAtEnd(machine.options.prompt())) {
        machine.enter(markers.mode(machine));
        return;
      }
    }
  }
}
