package dev.entrepot.cli.terminal;

import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/// How far something long has come: a bar that moves on a terminal, elsewhere a plain line at every
/// tenth. Writes to `err` only.
public final class Progress implements AutoCloseable {
  private static final int UNKNOWN_STEP = 100_000;

  private final Terminal terminal;
  private final String task;
  private final String unit;
  private final long unitSize;
  private final @Nullable ProgressBar bar;
  private long announced = -1;

  /// @param max how much there is to do; below 1: not known
  /// @param unit what is counted, for example `rows`
  /// @param unitSize how many counted things make one unit, for example 1,000,000 bytes a MB
  public Progress(Terminal terminal, String task, long max, String unit, long unitSize) {
    this.terminal = terminal;
    this.task = task;
    this.unit = unit;
    this.unitSize = unitSize;
    this.bar = terminal.errIsTerminal() ? bar(terminal, task, max, unit, unitSize) : null;
  }

  private static ProgressBar bar(
      Terminal terminal, String task, long max, String unit, long unitSize) {
    return new ProgressBarBuilder()
        .setTaskName(task)
        .setInitialMax(max)
        .setStyle(ProgressBarStyle.UNICODE_BLOCK)
        .setUpdateIntervalMillis(100)
        .setUnit(" " + unit, unitSize)
        .showSpeed()
        .clearDisplayOnFinish()
        .setConsumer(new ConsoleProgressBarConsumer(terminal.err(), terminal.columns()))
        .build();
  }

  /// Says how much is done, of how much.
  ///
  /// @param max as it is known by now; below 1: not known
  public void at(long done, long max) {
    if (bar != null) {
      if (max > 0) {
        bar.maxHint(Math.max(max, done));
      }
      bar.stepTo(done);
      return;
    }
    long step = max > 0 ? done * 10 / max : done / UNKNOWN_STEP;
    if (step > announced) {
      announced = step;
      String of =
          max > 0 ? String.format(Locale.ROOT, " of about %,d", Math.ceilDiv(max, unitSize)) : "";
      terminal.note(String.format(Locale.ROOT, "%s: %,d%s %s", task, done / unitSize, of, unit));
    }
  }

  /// Takes the bar off the terminal.
  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      // The bar's own thread may have drawn it once more.
      terminal.err().print("\r\u001b[K");
      terminal.err().flush();
    }
  }
}
