package dev.jmr.runtime;

/// What happens when prompt and answer do not fit the context. What was left out is counted in
/// [GenerationEvent.Usage#droppedTokens].
///
/// @param truncates whether a prompt that is too long loses tokens after the first `keep` ones, until there is room for
///     the answer (for the request's tokens, or a quarter of the context; half of it at most); otherwise it is refused
/// @param shifts whether an answer goes on when the context is full: half of the tokens after the first `keep` ones are
///     forgotten, the oldest ones, and the others are processed again; otherwise it ends. Without a limit of its own it
///     has as many tokens as the context then
/// @param keep tokens at the beginning that are never forgotten, half of the context at most; a BOS always stays, and when
///     an answer shifts the first token whatever it is
public record ContextOverflow(boolean truncates, boolean shifts, int keep) {
  /// Too long prompts are refused, answers end with the context.
  public static final ContextOverflow REFUSED = new ContextOverflow(false, false, 0);

  /// @throws IllegalArgumentException if `keep` is negative
  public ContextOverflow {
    if (keep < 0) {
      throw new IllegalArgumentException("tokens to keep: expected 0 or more, got " + keep);
    }
  }
}
