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
record HostedState(
    long version, long sequence, Wanted wanted, long changedAt, HostRun run, OutputPlace output) {

  private static final Pattern FORM =
      Pattern.compile(
          "v(\\d+)\\.s(\\d+)\\.([a-z]+)\\.t(\\d+)"
              + "\\.r(\\d+)\\.([\\w-]+)\\.([a-z]+)\\.k(\\d+)"
              + "\\.o(\\d+)-(\\d+)-(\\d+)-(\\d+)-(\\d+)");

  static final HostedState NEW =
      new HostedState(0, 0, Wanted.NOTHING, 0, HostRun.NONE, OutputPlace.BEGIN);

  /** Empty when the text is none. */
  static Optional<HostedState> parse(String text) {
    var form = FORM.matcher(text);
    if (!form.matches()) {
      return Optional.empty();
    }
    try {
      var run =
          new HostRun(
              Long.parseLong(form.group(5)),
              form.group(6),
              HostRun.Told.valueOf(upper(form.group(7))),
              Long.parseLong(form.group(8)));
      var output =
          new OutputPlace(
              Long.parseLong(form.group(9)),
              Long.parseLong(form.group(10)),
              Long.parseLong(form.group(11)),
              Long.parseLong(form.group(12)),
              Long.parseLong(form.group(13)));
      return Optional.of(
          new HostedState(
              Long.parseLong(form.group(1)),
              Long.parseLong(form.group(2)),
              Wanted.valueOf(upper(form.group(3))),
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

  HostedState want(long bySequence, Wanted next) {
    var now = System.currentTimeMillis() / 1000;
    return new HostedState(version, bySequence, next, now, run, output);
  }

  HostedState withRun(HostRun next) {
    return new HostedState(version, sequence, wanted, changedAt, next, output);
  }

  HostedState withOutput(OutputPlace next) {
    return new HostedState(version, sequence, wanted, changedAt, run, next);
  }

  HostedState withVersion(long next) {
    return new HostedState(next, sequence, wanted, changedAt, run, output);
  }

  boolean takesPlace() {
    return wanted == Wanted.STARTING || wanted.isRun() && !run.isOver();
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
