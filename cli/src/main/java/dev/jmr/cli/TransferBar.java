package dev.jmr.cli;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import java.util.Optional;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/// How much of a model was transferred, on the error output: a bar with speed and remaining time on a terminal, without the
/// model's name, which would leave it no room; elsewhere a line for every tenth. One thread calls it.
final class TransferBar implements AutoCloseable {
  private static final int WIDTH = 78;
  private static final int INTERVAL_MILLIS = 100;
  private static final long MEGABYTE = 1_000_000;
  private static final int STEPS = 10;

  private final Streams streams;
  private final String task;
  private final Optional<ProgressBar> bar;
  private int told;

  /// @param task what is done, such as `pulling ai/smollm2`
  TransferBar(Streams streams, String task) {
    this.streams = streams;
    this.task = task;
    this.bar = streams.terminals().err() ? Optional.of(bar(streams, task)) : Optional.empty();
  }

  private static ProgressBar bar(Streams streams, String task) {
    return new ProgressBarBuilder()
        .setTaskName(task.split(" ", 2)[0])
        .setInitialMax(-1)
        .setUnit(" MB", MEGABYTE)
        .showSpeed(new DecimalFormat("#0.0", DecimalFormatSymbols.getInstance(Locale.ROOT)))
        .setStyle(ProgressBarStyle.ASCII)
        .setUpdateIntervalMillis(INTERVAL_MILLIS)
        .setConsumer(
            new DelegatingProgressBarConsumer(
                line -> streams.printError(Style.CLEAR_LINE + line), WIDTH))
        .build();
  }

  /// Tells how far it is.
  ///
  /// @param done bytes so far; what was there before counts
  /// @param total bytes in all
  void update(long done, long total) {
    bar.ifPresentOrElse(
        shown -> {
          shown.maxHint(total);
          shown.stepTo(done);
        },
        () -> line(done, total));
  }

  private void line(long done, long total) {
    int step = total == 0 ? STEPS : (int) (STEPS * (double) done / total);
    if (step > told) {
      told = step;
      streams.note("%s: %s of %s".formatted(task, HumanText.size(done), HumanText.size(total)));
    }
  }

  /// Takes the bar away; lines stay.
  @Override
  public void close() {
    bar.ifPresent(shown -> {
      shown.close();
      streams.printError(Style.CLEAR_LINE);
    });
  }
}
