package dev.jmr.model.template.limit;

import java.time.Duration;

/// What a template may use. Templates come with models, so they are foreign code.
///
/// @param templateLength characters of source
/// @param nestingDepth blocks and expressions inside each other in the source, and data inside data
/// @param callDepth macros and recursive loops inside each other while rendering
/// @param iterations rounds of all loops of one rendering together
/// @param outputLength characters of one rendering
/// @param valueLength characters of a string; elements of a list count as eight
/// @param allocation characters and elements of all values of one rendering together
/// @param rangeLength elements of a `range`
/// @param integerBits bits of an integer
/// @param time wall time of one rendering
public record TemplateLimits(
    int templateLength,
    int nestingDepth,
    int callDepth,
    long iterations,
    int outputLength,
    int valueLength,
    long allocation,
    int rangeLength,
    int integerBits,
    Duration time) {
  public static final TemplateLimits DEFAULTS =
      new TemplateLimits(
          1 << 20,
          200,
          64,
          1_000_000,
          1 << 25,
          1 << 25,
          1 << 27,
          100_000,
          1 << 13,
          Duration.ofSeconds(10));

  /// These limits with another number of iterations.
  public TemplateLimits withIterations(long iterations) {
    return new TemplateLimits(
        templateLength,
        nestingDepth,
        callDepth,
        iterations,
        outputLength,
        valueLength,
        allocation,
        rangeLength,
        integerBits,
        time);
  }

  /// These limits with another length of the output.
  public TemplateLimits withOutputLength(int outputLength) {
    return new TemplateLimits(
        templateLength,
        nestingDepth,
        callDepth,
        iterations,
        outputLength,
        valueLength,
        allocation,
        rangeLength,
        integerBits,
        time);
  }

  /// These limits with another wall time.
  public TemplateLimits withTime(Duration time) {
    return new TemplateLimits(
        templateLength,
        nestingDepth,
        callDepth,
        iterations,
        outputLength,
        valueLength,
        allocation,
        rangeLength,
        integerBits,
        time);
  }
}
