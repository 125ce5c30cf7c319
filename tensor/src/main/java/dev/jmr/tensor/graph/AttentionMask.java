package dev.jmr.tensor.graph;

import dev.jmr.tensor.ShapeMismatchException;

/// Which positions of its sequence a token sees.
public sealed interface AttentionMask {
  /// Itself and all before it.
  AttentionMask CAUSAL = new Causal();

  /// All of its sequence that was run so far, the whole batch included: of encoders, whose texts are run in one batch.
  AttentionMask FULL = new Full();

  /// The first position that a token at `position` sees.
  int firstVisible(int position);

  /// The last position that a token at `position` sees, where the sequence ends at `lastOfSequence`.
  int lastVisible(int position, int lastOfSequence);

  /// The usual one of decoders.
  record Causal() implements AttentionMask {
    @Override
    public int firstVisible(int position) {
      return 0;
    }

    @Override
    public int lastVisible(int position, int lastOfSequence) {
      return position;
    }

    @Override
    public String toString() {
      return "causal";
    }
  }

  /// Itself and the `window - 1` tokens before it.
  record Sliding(int window) implements AttentionMask {
    public Sliding {
      requirePositive("window", window);
    }

    @Override
    public int firstVisible(int position) {
      return Math.max(0, position - window + 1);
    }

    @Override
    public int lastVisible(int position, int lastOfSequence) {
      return position;
    }

    @Override
    public String toString() {
      return "sliding " + window;
    }
  }

  /// Itself and those before it in its chunk of `size` positions.
  record Chunked(int size) implements AttentionMask {
    public Chunked {
      requirePositive("chunk", size);
    }

    @Override
    public int firstVisible(int position) {
      return position / size * size;
    }

    @Override
    public int lastVisible(int position, int lastOfSequence) {
      return position;
    }

    @Override
    public String toString() {
      return "chunked " + size;
    }
  }

  /// Itself and the `window / 2` tokens on either side, of what was run so far of its sequence as in [#FULL].
  record Symmetric(int window) implements AttentionMask {
    public Symmetric {
      requirePositive("window", window);
    }

    @Override
    public int firstVisible(int position) {
      return Math.max(0, position - window / 2);
    }

    @Override
    public int lastVisible(int position, int lastOfSequence) {
      return position + Math.min(lastOfSequence - position, window / 2);
    }

    @Override
    public String toString() {
      return "symmetric " + window;
    }
  }

  /// See [#FULL].
  record Full() implements AttentionMask {
    @Override
    public int firstVisible(int position) {
      return 0;
    }

    @Override
    public int lastVisible(int position, int lastOfSequence) {
      return lastOfSequence;
    }

    @Override
    public String toString() {
      return "full";
    }
  }

  private static void requirePositive(String what, int size) {
    if (size <= 0) {
      throw new ShapeMismatchException(
          "attention: expected a positive %s, got %d".formatted(what, size));
    }
  }
}
