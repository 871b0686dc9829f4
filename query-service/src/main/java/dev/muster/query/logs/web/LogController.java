package dev.muster.query.logs.web;

import dev.muster.query.instance.history.History;
import dev.muster.query.live.StreamSettings;
import dev.muster.query.logs.LogListener;
import dev.muster.query.logs.Logs;
import dev.muster.query.sending.AcceptedMediaTypes;
import dev.muster.query.sending.LastEventId;
import dev.muster.query.sending.ResponseSender;
import dev.muster.query.sending.TimedOutput;
import dev.muster.web.contract.Answers;
import dev.muster.web.contract.Refuses;
import dev.muster.web.key.AuthenticationFilter;
import dev.muster.web.key.KeyRing;
import dev.muster.web.problem.ProblemException;
import dev.muster.web.problem.ProblemType;
import dev.muster.web.server.ClientConnection;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /api/instances/:id/logs}: what an instance has printed, and what it prints. */
@RestController
@Tag(name = "instances")
final class LogController {

  private static final String PLAIN = "text/plain;charset=UTF-8";

  private final Logs logs;
  private final History history;
  private final KeyRing keys;
  private final Duration heartbeat;
  private final Duration writeLimit;

  LogController(
      Logs logs,
      History history,
      KeyRing keys,
      StreamSettings settings,
      @Value("${server.tomcat.connection-timeout}") Duration writeLimit) {
    this.logs = logs;
    this.history = history;
    this.keys = keys;
    this.heartbeat = settings.heartbeat();
    this.writeLimit = writeLimit;
  }

  /**
   * Gets the newest lines that an instance has printed. As plain text, or as server-sent events for
   * those who accept them; in both, control characters are written as JSON escapes them. With
   * {@code follow} the answer goes on with what the instance prints, until it has ended for good.
   *
   * @param tail how many of the newest lines
   * @param follow whether to go on with what comes
   * @param since only lines of then or later: RFC 3339, or whole Unix seconds
   */
  @GetMapping(
      path = "/api/instances/{id}/logs",
      produces = {PLAIN, MediaType.TEXT_EVENT_STREAM_VALUE})
  @Operation(operationId = "getLogs")
  @Answers(mediaType = MediaType.TEXT_PLAIN_VALUE, body = String.class)
  @Answers(mediaType = MediaType.TEXT_EVENT_STREAM_VALUE, body = String.class)
  @Refuses({ProblemType.INVALID_REQUEST, ProblemType.NOT_FOUND})
  void logs(
      @PathVariable String id,
      @Parameter(
              schema =
                  @Schema(type = "integer", minimum = "0", maximum = "10000", defaultValue = "100"))
          @RequestParam(required = false)
          @Nullable String tail,
      @Parameter(schema = @Schema(type = "boolean", defaultValue = "false"))
          @RequestParam(required = false)
          @Nullable String follow,
      @RequestParam(required = false) @Nullable String since,
      @RequestHeader(name = LastEventId.HEADER, required = false) @Nullable String lastEventId,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    var span = SpanParameters.of(tail, since, lastEventId);
    var follows = SpanParameters.follow(follow);
    if (!history.knows(id)) {
      throw new ProblemException(ProblemType.NOT_FOUND, "there is no instance '%s'".formatted(id));
    }
    var asEvents =
        MediaType.TEXT_EVENT_STREAM.equals(
            AcceptedMediaTypes.of(request, MediaType.TEXT_PLAIN, MediaType.TEXT_EVENT_STREAM));
    var writer = writer(asEvents, response);
    if (follows) {
      var actor = AuthenticationFilter.actorOf(request);
      try (var following = logs.follow(id, actor.id(), span)) {
        begin(asEvents, response);
        unlessHead(
            request,
            () ->
                following.run(
                    writer, () -> keys.isGood(actor) && !ClientConnection.isGone(request)));
      }
    } else {
      var reading = logs.read(id, span);
      begin(asEvents, response);
      unlessHead(request, () -> reading.run(writer, () -> true));
    }
  }

  private LogListener writer(boolean asEvents, HttpServletResponse response) throws IOException {
    var out = new TimedOutput(response.getOutputStream(), writeLimit);
    return asEvents ? new EventLines(out, heartbeat) : new PlainLines(out);
  }

  private static void begin(boolean asEvents, HttpServletResponse response) {
    response.setContentType(asEvents ? MediaType.TEXT_EVENT_STREAM_VALUE : PLAIN);
    response.setHeader("X-Accel-Buffering", "no");
  }

  private static void unlessHead(HttpServletRequest request, ResponseSender sending) {
    if (!HttpMethod.HEAD.matches(request.getMethod())) {
      ResponseSender.untilItEnds(sending);
    }
  }
}
