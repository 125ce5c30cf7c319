package dev.jmr.model.template;

import dev.jmr.model.template.limit.TemplateLimits;
import java.time.Clock;
import java.time.ZoneId;

/// How templates are read and run.
///
/// @param trimBlocks the first newline after a block is removed
/// @param lstripBlocks white space before a block is removed, from the start of the line
/// @param keepTrailingNewline the newline at the end of the source stays
/// @param clock what `strftime_now` looks at
/// @param limits what a template may use
public record TemplateOptions(
    boolean trimBlocks,
    boolean lstripBlocks,
    boolean keepTrailingNewline,
    Clock clock,
    TemplateLimits limits) {
  /// As Hugging Face's `transformers` sets them, which is what chat templates are written for.
  public static final TemplateOptions DEFAULTS =
      new TemplateOptions(
          true, true, false, Clock.system(ZoneId.systemDefault()), TemplateLimits.DEFAULTS);

  /// These options with Jinja2's own rules for white space: nothing is removed.
  public TemplateOptions withoutTrimming() {
    return new TemplateOptions(false, false, keepTrailingNewline, clock, limits);
  }

  public TemplateOptions withKeepTrailingNewline(boolean keepTrailingNewline) {
    return new TemplateOptions(trimBlocks, lstripBlocks, keepTrailingNewline, clock, limits);
  }

  public TemplateOptions withClock(Clock clock) {
    return new TemplateOptions(trimBlocks, lstripBlocks, keepTrailingNewline, clock, limits);
  }

  public TemplateOptions withLimits(TemplateLimits limits) {
    return new TemplateOptions(trimBlocks, lstripBlocks, keepTrailingNewline, clock, limits);
  }
}
