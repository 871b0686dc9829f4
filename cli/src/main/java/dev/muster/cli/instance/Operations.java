package dev.muster.cli.instance;

import dev.muster.cli.Exit;
import dev.muster.cli.Failure;
import dev.muster.cli.api.Api;
import dev.muster.cli.api.ApiAnswer;
import dev.muster.cli.api.Call;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/** Makes a command, and sees its operation through. */
final class Operations {

  private static final Duration PAUSE = Duration.ofMillis(500);

  private final Api api;
  private final WaitOptions wait;

  Operations(Api api, WaitOptions wait) {
    this.api = api;
    this.wait = wait;
  }

  /**
   * What the server said when it was done, or 202 when nobody waits for that.
   *
   * @throws Failure when the host could not do it, or not in time
   */
  ApiAnswer make(Call call, String what) {
    long end = System.nanoTime() + wait.timeout.toNanos();
    var answer = api.command(call.header("Prefer", wait.preference()).within(wait.answerWithin()));
    if (answer.status() != 202 || wait.noWait) {
      return answer;
    }
    var operation = answer.json().path("operation_id").asString();
    while (true) {
      var state = api.get("/api/operations/" + operation);
      switch (state.path("status").asString()) {
        case "succeeded" -> {
          return answer;
        }
        case "failed" -> throw failed(what, state);
        default -> rest(end, what, operation);
      }
    }
  }

  private static void rest(long end, String what, String operation) {
    if (System.nanoTime() - end > 0) {
      throw new Failure(
          Exit.TIMED_OUT,
          what + " is not done yet, and goes on",
          "Operation " + operation,
          "Next: muster describe INSTANCE shows how it ends");
    }
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure(Exit.FAILED, "interrupted");
    }
  }

  private static Failure failed(String what, JsonNode operation) {
    return new Failure(
        Exit.FAILED,
        "%s failed: %s".formatted(what, operation.path("error").asString("no reason is known")),
        "Next: muster describe INSTANCE");
  }
}
