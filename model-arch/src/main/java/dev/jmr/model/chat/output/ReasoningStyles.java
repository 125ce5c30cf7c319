package dev.jmr.model.chat.output;

import java.util.ArrayList;
import java.util.List;

/// The markers that models put around their thoughts, recognised in the template.
final class ReasoningStyles {
  private static final ReasoningMarkers THINK = words("<think>", "</think>");

  /// In any order: a model may know several.
  static final List<ReasoningMarkers> ALL =
      List.of(
          token("[THINK]", "[/THINK]"),
          token("<seed:think>", "</seed:think>"),
          token("<mm:think>", "</mm:think>"),
          token("<|START_THINKING|>", "<|END_THINKING|>"),
          token("<|channel>thought", "<channel|>"),
          token("<|inner_prefix|>", "<|inner_suffix|>"),
          words("<thinking>", "</thinking>"),
          words("<reasoning>", "</reasoning>"),
          words("Here are my reasoning steps:", "[BEGIN FINAL RESPONSE]"));

  private static final List<String> CALL_TOKENS =
      List.of("<|tool_calls_section_begin|>", "<｜tool▁calls▁begin｜>");

  private ReasoningStyles() {}

  private static ReasoningMarkers token(String open, String close) {
    return new ReasoningMarkers(open, close, true, List.of());
  }

  private static ReasoningMarkers words(String open, String close) {
    return new ReasoningMarkers(open, close, false, List.of());
  }

  /// Those of which the template speaks; `<think>` in any case, since models are tuned to think that have a template from
  /// before.
  static List<ReasoningMarkers> of(TemplateTraits traits) {
    List<ReasoningMarkers> found = new ArrayList<>();
    for (ReasoningMarkers markers : ALL) {
      if (traits.has(markers.open()) || traits.hasToken(markers.open())) {
        found.add(markers);
      }
    }
    List<String> ends = CALL_TOKENS.stream().filter(token -> traits.has(token)).toList();
    found.add(new ReasoningMarkers(THINK.open(), THINK.close(), THINK.anywhere(), ends));
    return List.copyOf(found);
  }
}
