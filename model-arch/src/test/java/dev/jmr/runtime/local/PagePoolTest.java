package dev.jmr.runtime.local;

import static dev.jmr.tensor.backend.KvLayout.PAGE_TOKENS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PagePoolTest {
  /// Tokens that begin with those of `begin`, then are all `then`.
  private static int[] text(int[] begin, int pages, int then) {
    int[] tokens = Arrays.copyOf(begin, pages * PAGE_TOKENS);
    Arrays.fill(tokens, begin.length, tokens.length, then);
    return tokens;
  }

  private static int[] text(int pages, int all) {
    return text(new int[0], pages, all);
  }

  /// Fills the pages of a text, and gives them back.
  private static void run(PagePool pool, int... tokens) {
    SequencePages pages = new SequencePages(pool, tokens.length);
    int shared = pages.share(tokens, tokens.length);
    assertThat(pages.reserve(tokens.length)).isTrue();
    pages.publish(tokens, shared + 1);
    pages.publish(tokens, tokens.length);
    pages.release(tokens, tokens.length);
  }

  /// Tokens of a text that the cache holds.
  private static int held(PagePool pool, int... tokens) {
    SequencePages pages = new SequencePages(pool, tokens.length);
    int held = pages.share(tokens, tokens.length);
    pages.release(tokens, held);
    return held;
  }

  @Test
  void laterSequencesBeginWithTheFullPagesOfEarlierOnes() {
    PagePool pool = new PagePool(8, true);
    int[] first = text(3, 5);
    run(pool, Arrays.copyOf(first, first.length - 1));

    assertThat(pool.usedCount()).isZero();
    assertThat(pool.cachedCount()).isEqualTo(2);
    assertThat(pool.availableCount()).isEqualTo(8);
    SequencePages second = new SequencePages(pool, 4 * PAGE_TOKENS);
    assertThat(second.share(text(text(1, 5), 4, 6), 4 * PAGE_TOKENS)).isEqualTo(PAGE_TOKENS);
    SequencePages third = new SequencePages(pool, 4 * PAGE_TOKENS);
    assertThat(third.share(first, 2 * PAGE_TOKENS - 1)).isEqualTo(PAGE_TOKENS);
    assertThat(second.table()[0]).isEqualTo(third.table()[0]);
    assertThat(pool.usedCount()).isEqualTo(1);
  }

  @Test
  void theSameTokensBehindOthersAreAnotherPage() {
    PagePool pool = new PagePool(8, true);
    run(pool, text(text(1, 1), 2, 2));

    assertThat(held(pool, text(text(1, 3), 2, 2))).isZero();
    assertThat(held(pool, text(1, 2))).isZero();
    assertThat(held(pool, text(text(1, 1), 2, 2))).isEqualTo(2 * PAGE_TOKENS);
  }

  @Test
  void whatWasUsedLongestAgoGoesFirstAndTheEndOfATextBeforeItsBeginning() {
    PagePool pool = new PagePool(6, true);
    int[] old = text(3, 1);
    int[] recent = text(2, 2);
    run(pool, old);
    run(pool, recent);
    run(pool, text(2, 3));

    assertThat(held(pool, recent)).isEqualTo(2 * PAGE_TOKENS);
    assertThat(held(pool, old)).isEqualTo(2 * PAGE_TOKENS);
    run(pool, text(3, 4));
    assertThat(held(pool, recent)).isEqualTo(PAGE_TOKENS);
    assertThat(held(pool, old)).isEqualTo(2 * PAGE_TOKENS);
  }

  @Test
  void sequencesThatFilledTheSamePagesAtOnceLeaveThemOnce() {
    PagePool pool = new PagePool(8, true);
    int[] tokens = text(3, 1);
    SequencePages first = new SequencePages(pool, tokens.length);
    SequencePages second = new SequencePages(pool, tokens.length);
    assertThat(first.reserve(2 * PAGE_TOKENS)).isTrue();
    assertThat(second.reserve(tokens.length)).isTrue();
    first.publish(tokens, 2 * PAGE_TOKENS);
    second.publish(tokens, tokens.length);
    first.release(tokens, 2 * PAGE_TOKENS);
    second.release(tokens, tokens.length);

    assertThat(pool.cachedCount()).isEqualTo(3);
    assertThat(pool.usedCount()).isZero();
    assertThat(held(pool, tokens)).isEqualTo(3 * PAGE_TOKENS);
  }

  @Test
  void keepsNothingWhereReuseIsOff() {
    PagePool pool = new PagePool(2, false);
    run(pool, text(2, 1));

    assertThat(pool.cachedCount()).isZero();
    assertThat(held(pool, text(2, 1))).isZero();
  }

  @Test
  void isOutOfPagesOnlyWhenAllAreUsed() {
    PagePool pool = new PagePool(3, true);
    run(pool, text(3, 1));
    SequencePages pages = new SequencePages(pool, 4 * PAGE_TOKENS);

    assertThat(pages.reserve(3 * PAGE_TOKENS)).isTrue();
    assertThat(pool.availableCount()).isZero();
    assertThat(pages.reserve(4 * PAGE_TOKENS)).isFalse();
    pages.release(text(3, 2), 3 * PAGE_TOKENS);
    assertThat(pool.availableCount()).isEqualTo(3);
  }

  /// Texts over two tokens share and part at random; a page must never be found by tokens that it does not hold.
  @Test
  void whatIsSharedHoldsTheTokensItIsFoundBy() {
    SplittableRandom random = new SplittableRandom(7);
    PagePool pool = new PagePool(24, true);
    int[][] contents = new int[24][0];
    SequencePages[] pages = new SequencePages[4];
    int[][] texts = new int[4][0];
    int[] processed = new int[4];
    for (int step = 0; step < 20_000; step++) {
      int i = random.nextInt(4);
      if (texts[i].length == 0) {
        texts[i] = random.ints(6, 0, 2).flatMap(x -> Arrays.stream(text(1, x))).toArray();
        pages[i] = new SequencePages(pool, texts[i].length);
        processed[i] = pages[i].share(texts[i], texts[i].length - 1);
        for (int p = 0; p < processed[i] / PAGE_TOKENS; p++) {
          int end = (p + 1) * PAGE_TOKENS;
          assertThat(contents[pages[i].table()[p]]).isEqualTo(Arrays.copyOf(texts[i], end));
        }
      }
      int next = Math.min(texts[i].length, processed[i] + random.nextInt(1, 50));
      if (random.nextInt(20) == 0 || !pages[i].reserve(next)) {
        pages[i].release(texts[i], processed[i]);
        texts[i] = new int[0];
        continue;
      }
      for (int p = processed[i] / PAGE_TOKENS; p < pages[i].count(); p++) {
        int end = Math.min(next, (p + 1) * PAGE_TOKENS);
        contents[pages[i].table()[p]] = Arrays.copyOf(texts[i], end);
      }
      processed[i] = next;
      pages[i].publish(texts[i], next);
      if (next == texts[i].length) {
        pages[i].release(texts[i], next);
        texts[i] = new int[0];
      }
      assertThat(pool.usedCount() + pool.availableCount()).isEqualTo(24);
    }
  }
}
