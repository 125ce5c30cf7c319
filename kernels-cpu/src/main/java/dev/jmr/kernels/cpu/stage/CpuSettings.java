package dev.jmr.kernels.cpu.stage;

import dev.jmr.tensor.backend.BackendSetting;
import dev.jmr.tensor.backend.BackendSetting.Range;
import dev.jmr.tensor.backend.Workload;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// How matmuls are cut into pieces. The standard values are those of the machine that this was developed on (two cores of
/// a Zen 5, a second-level cache of 1 MB each). Touches no class of the Vector API's module.
///
/// @param dotTokens up to so many rows of activations the dot form is used: a panel has its full width whether it is used or
///     not, and its weights have to be unpacked
/// @param panelRows weight rows in a tile of the panel form: a multiple of the micro-kernels' rows and of the sliced copies'
/// @param chunkBytes bytes of weights that make a chunk of the dot form worth claiming
/// @param copyWeights whether weights with long rows are read from sliced copies
public record CpuSettings(int dotTokens, int panelRows, int chunkBytes, boolean copyWeights) {
  private static final int KIB = 1024;

  /// A multiple of 12, 6 and [SlicedRows#TILE].
  private static final int PANEL_UNIT = 96;

  private static final BackendSetting DOT_TOKENS =
      new BackendSetting(
          "dot-tokens",
          "tokens of a step that are computed row by row and not as a panel",
          12,
          new Range(0, 64, 1),
          List.of(4, 8, 10, 12, 16),
          Set.of(Workload.FEW_TOKENS));

  private static final BackendSetting PANEL_ROWS =
      new BackendSetting(
          "panel-rows",
          "weight rows that are unpacked together for a prompt",
          96,
          new Range(PANEL_UNIT, 10 * PANEL_UNIT, PANEL_UNIT),
          List.of(96, 192, 288),
          Set.of(Workload.PROMPT));

  private static final BackendSetting CHUNK_BYTES =
      new BackendSetting(
          "chunk-bytes",
          "bytes of weights that a thread claims at a time",
          64 * KIB,
          new Range(4 * KIB, 4 * KIB * KIB, KIB),
          List.of(32 * KIB, 64 * KIB, 128 * KIB),
          Set.of(Workload.GENERATION, Workload.FEW_TOKENS));

  private static final BackendSetting COPY_WEIGHTS =
      new BackendSetting(
          "copy-weights",
          "1 = weights with long rows are copied once, in the order in which they are read",
          1,
          new Range(0, 1, 1),
          List.of(0, 1),
          Set.of(Workload.GENERATION, Workload.FEW_TOKENS, Workload.PROMPT));

  /// What users can set.
  public static final List<BackendSetting> DECLARED =
      List.of(COPY_WEIGHTS, CHUNK_BYTES, DOT_TOKENS, PANEL_ROWS);

  /// The settings that users gave.
  ///
  /// @param given by name; the others have their standard
  /// @throws dev.jmr.tensor.TensorException if there is no such setting, or it may not have this value
  public static CpuSettings of(Map<String, Integer> given) {
    Map<String, Integer> values = BackendSetting.complete(DECLARED, given);
    return new CpuSettings(
        value(values, DOT_TOKENS),
        value(values, PANEL_ROWS),
        value(values, CHUNK_BYTES),
        value(values, COPY_WEIGHTS) == 1);
  }

  private static int value(Map<String, Integer> values, BackendSetting setting) {
    return values.getOrDefault(setting.name(), setting.standard());
  }

  CpuSettings withoutCopies() {
    return new CpuSettings(dotTokens, panelRows, chunkBytes, false);
  }

  /// Whether `rows` rows of activations are multiplied in the dot form.
  boolean usesDot(int rows) {
    return rows <= dotTokens;
  }
}
