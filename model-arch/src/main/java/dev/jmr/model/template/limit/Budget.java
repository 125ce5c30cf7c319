package dev.jmr.model.template.limit;

import dev.jmr.model.template.error.TemplateLimitException;

/// What one rendering has left of its limits. Not thread-safe: one per rendering.
public final class Budget {
  /// Units of work between two looks at the clock.
  private static final int CLOCK_INTERVAL = 1 << 12;

  private static final int WORK_PER_ITERATION = 64;
  private static final int CHARACTERS_PER_ELEMENT = 8;

  /// Levels of source that calls inside each other may add up to: a bound on the Java stack.
  private static final int STACK_LEVELS = 768;

  private final TemplateLimits limits;
  private final long start = System.nanoTime();
  private long iterations;
  private long allocation;
  private long work;
  private int calls;
  private int levels;

  public Budget(TemplateLimits limits) {
    this.limits = limits;
  }

  public TemplateLimits limits() {
    return limits;
  }

  /// One more round of a loop.
  public void iteration() {
    if (++iterations > limits.iterations()) {
      throw exceeded("loop iterations", limits.iterations());
    }
    work(WORK_PER_ITERATION);
  }

  /// Something that takes about as long as reading `units` elements; looks at the clock now and then.
  public void work(long units) {
    work += units;
    if (work >= CLOCK_INTERVAL) {
      work = 0;
      if (System.nanoTime() - start > limits.time().toNanos()) {
        throw new TemplateLimitException(
            "template limit: rendering takes longer than " + limits.time().toMillis() + " ms");
      }
    }
  }

  /// A new string or list of this length; asked before it is made.
  public void value(long length) {
    if (length > limits.valueLength()) {
      throw exceeded("length of a value", limits.valueLength());
    }
    allocation += length;
    if (allocation > limits.allocation()) {
      throw exceeded("length of all values", limits.allocation());
    }
    work(length >> 3);
  }

  /// A new list or dictionary with so many elements, or that many more in one; asked before it is made.
  public void elements(long count) {
    value(count * CHARACTERS_PER_ELEMENT);
  }

  /// The output has this length now.
  public void output(long length) {
    if (length > limits.outputLength()) {
      throw exceeded("output length", limits.outputLength());
    }
  }

  public void range(long length) {
    if (length > limits.rangeLength()) {
      throw exceeded("range length", limits.rangeLength());
    }
  }

  public void integer(long bits) {
    if (bits > limits.integerBits()) {
      throw exceeded("bits of an integer", limits.integerBits());
    }
  }

  /// Data inside data, this deep.
  public void depth(int depth) {
    if (depth > limits.nestingDepth()) {
      throw exceeded("nesting depth of a value", limits.nestingDepth());
    }
  }

  /// Begins a call whose source is `height` levels deep.
  public void enter(int height) {
    calls++;
    levels += height;
    if (calls > limits.callDepth()) {
      throw exceeded("call depth", limits.callDepth());
    }
    if (levels > STACK_LEVELS) {
      throw exceeded("nesting depth of calls", STACK_LEVELS);
    }
  }

  /// Ends a call.
  public void leave(int height) {
    calls--;
    levels -= height;
  }

  private static TemplateLimitException exceeded(String what, long limit) {
    return new TemplateLimitException("template limit: " + what + " exceeds " + limit);
  }
}
