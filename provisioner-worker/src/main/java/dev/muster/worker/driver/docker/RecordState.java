package dev.muster.worker.driver.docker;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a host knows of an instance. It is the name of a container, since a name is all of a
 * container that can be changed and that does not change by itself.
 *
 * @param version how often it was changed
 * @param sequence of the newest task seen; the fence
 * @param changedAt when a task changed it, in seconds since 1970
 */
record RecordState(
    long version,
    long sequence,
    DesiredContainerState wanted,
    long changedAt,
    RecordedRun run,
    LogCursor output) {

  private static final Pattern FORM =
      Pattern.compile(
          "v(\\d+)\\.s(\\d+)\\.([a-z]+)\\.t(\\d+)"
              + "\\.r(\\d+)\\.([\\w-]+)\\.([a-z]+)\\.k(\\d+)"
              + "\\.o(\\d+)-(\\d+)-(\\d+)-(\\d+)-(\\d+)");

  static final RecordState NEW =
      new RecordState(0, 0, DesiredContainerState.NOTHING, 0, RecordedRun.NONE, LogCursor.BEGIN);

  /** Empty when the text is none. */
  static Optional<RecordState> parse(String text) {
    var form = FORM.matcher(text);
    if (!form.matches()) {
      return Optional.empty();
    }
    try {
      var run =
          new RecordedRun(
              Long.parseLong(form.group(5)),
              form.group(6),
              RecordedRun.Told.valueOf(upper(form.group(7))),
              Long.parseLong(form.group(8)));
      var output =
          new LogCursor(
              Long.parseLong(form.group(9)),
              Long.parseLong(form.group(10)),
              Long.parseLong(form.group(11)),
              Long.parseLong(form.group(12)),
              Long.parseLong(form.group(13)));
      return Optional.of(
          new RecordState(
              Long.parseLong(form.group(1)),
              Long.parseLong(form.group(2)),
              DesiredContainerState.valueOf(upper(form.group(3))),
              Long.parseLong(form.group(4)),
              run,
              output));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** As the end of a name. */
  String text() {
    return "v%d.s%d.%s.t%d.r%d.%s.%s.k%d.o%d-%d-%d-%d-%d"
        .formatted(
            version,
            sequence,
            lower(wanted),
            changedAt,
            run.sequence(),
            run.id(),
            lower(run.told()),
            run.askedToEnd(),
            output.run(),
            output.second(),
            output.skip(),
            output.last(),
            output.offset());
  }

  RecordState want(long bySequence, DesiredContainerState next) {
    var now = System.currentTimeMillis() / 1000;
    return new RecordState(version, bySequence, next, now, run, output);
  }

  RecordState withRun(RecordedRun next) {
    return new RecordState(version, sequence, wanted, changedAt, next, output);
  }

  RecordState withOutput(LogCursor next) {
    return new RecordState(version, sequence, wanted, changedAt, run, next);
  }

  RecordState withVersion(long next) {
    return new RecordState(next, sequence, wanted, changedAt, run, output);
  }

  boolean takesPlace() {
    return wanted == DesiredContainerState.STARTING || wanted.isRun() && !run.isOver();
  }

  boolean isRun(String runId) {
    return run.sequence() > 0 && run.id().equals(runId);
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static String upper(String text) {
    return text.toUpperCase(Locale.ROOT);
  }
}
