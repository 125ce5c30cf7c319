package dev.jmr.runtime;

import java.util.List;

/// A token of an answer and what could have stood there instead.
///
/// @param top the likeliest tokens, best first, as many as the request asked for; the chosen one may or may not be one
public record ChosenToken(TokenLogprob chosen, List<TokenLogprob> top) {
  public ChosenToken {
    top = List.copyOf(top);
  }
}
