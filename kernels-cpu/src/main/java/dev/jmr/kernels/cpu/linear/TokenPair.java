package dev.jmr.kernels.cpu.linear;

/// Two rows of activations that weights are multiplied with in one pass, and where the results go. An object of one worker,
/// set anew for each call.
///
/// Two and not more: with vectors of 512 bits two tokens reach the rate of the FMA units, and the activations of four fall
/// out of the first-level cache from one row of weights to the next, which disturbs the prefetching of the weights.
public final class TokenPair {
  int x0;
  int x1;
  int out0;
  int out1;

  /// Sets both tokens.
  ///
  /// @param firstX where the packed activations of the first begin
  /// @param secondX and those of the second
  /// @param firstOut where the first's result of the first row goes, the others after it
  /// @param secondOut and the second's
  public void set(int firstX, int secondX, int firstOut, int secondOut) {
    x0 = firstX;
    x1 = secondX;
    out0 = firstOut;
    out1 = secondOut;
  }

  /// Sets both tokens to those of another pair, both with other columns and other results.
  ///
  /// @param columns from the pair's activations on
  /// @param results from the pair's results on
  public void shift(TokenPair pair, int columns, int results) {
    set(pair.x0 + columns, pair.x1 + columns, pair.out0 + results, pair.out1 + results);
  }

  /// Where the packed activations of the first token begin.
  public int firstX() {
    return x0;
  }

  /// Where those of the second token begin.
  public int secondX() {
    return x1;
  }

  /// Where the first token's results go.
  public int firstOut() {
    return out0;
  }

  /// Where the second token's results go.
  public int secondOut() {
    return out1;
  }
}
