package dev.muster.query.instance.current;

import dev.muster.events.instance.InstanceStatus;
import dev.muster.web.problem.ProblemException;
import dev.muster.web.problem.ProblemType;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The parameters {@code wait_for} and {@code timeout} of a GET. */
record WaitFor(InstanceStatus status, Duration atMost) {

  private static final String USUAL = "30";
  private static final Pattern SECONDS = Pattern.compile("[1-9]|[1-5][0-9]|60");

  /**
   * Empty when nothing is waited for.
   *
   * @throws ProblemException 400 when they make no sense
   */
  static Optional<WaitFor> of(@Nullable String status, @Nullable String timeout) {
    if (status == null && timeout == null) {
      return Optional.empty();
    }
    if (status == null) {
      throw invalid("timeout goes with wait_for; give both");
    }
    var wanted = InstanceStatus.find(status).orElseThrow(() -> unknown(status));
    var seconds = timeout == null ? USUAL : timeout;
    if (!SECONDS.matcher(seconds).matches()) {
      throw invalid("timeout is '%s'; it takes whole seconds from 1 to 60".formatted(seconds));
    }
    return Optional.of(new WaitFor(wanted, Duration.ofSeconds(Long.parseLong(seconds))));
  }

  private static ProblemException unknown(String status) {
    return invalid(
        "wait_for is '%s'; it takes one of %s".formatted(status, InstanceStatus.names()));
  }

  private static ProblemException invalid(String detail) {
    return new ProblemException(ProblemType.INVALID_REQUEST, detail);
  }
}
