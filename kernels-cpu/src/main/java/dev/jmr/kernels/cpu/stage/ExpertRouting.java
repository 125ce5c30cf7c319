package dev.jmr.kernels.cpu.stage;

import dev.jmr.kernels.cpu.linear.PanelMatmul;
import dev.jmr.tensor.graph.ExpertSpec;
import dev.jmr.tensor.graph.ExpertWeights;
import dev.jmr.tensor.graph.Op;
import dev.jmr.tensor.graph.Value;
import java.util.Arrays;

/// Which tokens go to which experts in the current step. There is a slot for each of a token's choices; slots are sorted
/// by expert, and an expert's by token. Experts that nobody chose are passed over.
///
/// Written by one worker, read by all in the stages after it. An expert with few tokens computes them one by one, from
/// packed rows; the others compute panels of theirs.
final class ExpertRouting {
  private final ExpertSpec spec;
  private final Value input;
  private final CpuSettings settings;
  private final ExpertChoice choice;
  private final int logits;
  private final int[] chosen;
  private final float[] shares;
  private final int[] cursor;
  private final boolean[] needsRow;

  /// Slots of expert `e`: those from `first[e]` up to `first[e + 1]`.
  private final int[] first;

  /// The experts that have slots, in ascending order.
  final int[] active;

  int activeCount;

  /// The first of each active expert's panels, then how many there are.
  final int[] panels;

  /// What each slot's expert counts.
  final float[] weights;

  /// Each slot's token.
  final int[] tokens;

  /// Of each slot whose expert computes rows, the place among all such slots.
  final int[] rows;

  /// The slots at these places.
  final int[] rowSlots;

  int rowCount;

  /// The tokens that have such slots.
  final int[] rowTokens;

  int rowTokenCount;

  /// The slot of each token's choices: `used` for each token.
  final int[] slots;

  /// Experts of slots.
  final int[] experts;

  /// Routes the tokens of `op`, whose router writes its logits from `logits` on.
  ExpertRouting(Op.MixtureOfExperts op, int maxTokens, int logits, CpuSettings settings) {
    this.spec = op.spec();
    this.input = op.input();
    this.settings = settings;
    this.logits = logits;
    ExpertWeights expertWeights = op.expertWeights();
    choice = new ExpertChoice(spec, expertWeights.routerBias(), expertWeights.selectionBias());
    int capacity = maxTokens * spec.expertUsedCount();
    int count = spec.expertCount();
    chosen = new int[capacity];
    shares = new float[capacity];
    cursor = new int[count];
    needsRow = new boolean[maxTokens];
    first = new int[count + 1];
    active = new int[count];
    panels = new int[count + 1];
    weights = new float[capacity];
    tokens = new int[capacity];
    rows = new int[capacity];
    rowSlots = new int[capacity];
    rowTokens = new int[maxTokens];
    slots = new int[capacity];
    experts = new int[capacity];
  }

  /// Tokens that are routed in this step.
  int tokens(Step step) {
    return step.rows(input);
  }

  /// Choices per token.
  int used() {
    return spec.expertUsedCount();
  }

  /// The first slot of the active expert `index`.
  int firstSlot(int index) {
    return first[active[index]];
  }

  /// Tokens of the active expert `index`.
  int tokenCount(int index) {
    return first[active[index] + 1] - first[active[index]];
  }

  /// Whether the active expert `index` computes its tokens one by one.
  boolean usesRows(int index) {
    return settings.usesDot(tokenCount(index));
  }

  /// Panels of all experts.
  int panelCount() {
    return panels[activeCount];
  }

  /// Panels that a step of `tokens` tokens has at most.
  static long maxPanels(ExpertSpec spec, long tokens, CpuSettings settings) {
    long slots = tokens * spec.expertUsedCount();
    long broken = Math.min(spec.expertCount(), slots / (settings.dotTokens() + 1));
    return slots / PanelMatmul.WIDTH + broken;
  }

  /// Slots that are computed from rows at most.
  static long maxRows(ExpertSpec spec, long tokens, CpuSettings settings) {
    return Math.min(
        tokens * spec.expertUsedCount(), (long) spec.expertCount() * settings.dotTokens());
  }

  /// Reads the logits of all tokens.
  void route(Step step) {
    int used = used();
    int count = tokens(step);
    for (int t = 0; t < count; t++) {
      int from = logits + t * spec.expertCount();
      choice.choose(step.workspace, from, chosen, shares, t * used);
    }
    sort(count * used);
    findForms(count);
  }

  private void sort(int count) {
    Arrays.fill(first, 0);
    for (int i = 0; i < count; i++) {
      first[chosen[i] + 1]++;
    }
    for (int e = 0; e < spec.expertCount(); e++) {
      first[e + 1] += first[e];
      cursor[e] = first[e];
    }
    for (int i = 0; i < count; i++) {
      int slot = cursor[chosen[i]]++;
      slots[i] = slot;
      tokens[slot] = i / used();
      weights[slot] = shares[i];
      experts[slot] = chosen[i];
    }
  }

  private void findForms(int tokenCount) {
    activeCount = 0;
    rowCount = 0;
    Arrays.fill(needsRow, 0, tokenCount, false);
    for (int e = 0; e < spec.expertCount(); e++) {
      int count = first[e + 1] - first[e];
      if (count == 0) {
        continue;
      }
      boolean byRows = settings.usesDot(count);
      active[activeCount++] = e;
      panels[activeCount] = panels[activeCount - 1] + (byRows ? 0 : PanelMatmul.panels(count));
      for (int slot = first[e]; byRows && slot < first[e + 1]; slot++) {
        rowSlots[rowCount] = slot;
        rows[slot] = rowCount++;
        needsRow[tokens[slot]] = true;
      }
    }
    rowTokenCount = 0;
    for (int t = 0; t < tokenCount; t++) {
      if (needsRow[t]) {
        rowTokens[rowTokenCount++] = t;
      }
    }
  }
}
