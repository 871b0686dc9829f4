package dev.muster.query.live.web;

import dev.muster.events.access.Scope;
import dev.muster.query.env.EnvValues;
import dev.muster.query.instance.history.History;
import dev.muster.query.live.LiveEventStream;
import dev.muster.query.live.StreamSettings;
import dev.muster.query.live.Streams;
import dev.muster.query.sending.LastEventId;
import dev.muster.query.sending.ResponseSender;
import dev.muster.query.sending.TimedOutput;
import dev.muster.web.contract.Answers;
import dev.muster.web.contract.Refuses;
import dev.muster.web.key.AuthenticationFilter;
import dev.muster.web.key.KeyRing;
import dev.muster.web.key.RequiresScope;
import dev.muster.web.problem.ProblemException;
import dev.muster.web.problem.ProblemType;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code GET /api/events}: what happens to all instances, or to one, as it happens; from any event
 * on.
 */
@RestController
@Tag(name = "events")
final class EventController {

  private final Streams streams;
  private final History history;
  private final KeyRing keys;
  private final StreamSettings settings;
  private final Duration writeLimit;

  EventController(
      Streams streams,
      History history,
      KeyRing keys,
      StreamSettings settings,
      @Value("${server.tomcat.connection-timeout}") Duration writeLimit) {
    this.streams = streams;
    this.history = history;
    this.keys = keys;
    this.settings = settings;
    this.writeLimit = writeLimit;
  }

  /**
   * Follows what happens to all instances, or to one, as server-sent events: each once, in one
   * order and without a gap, from any event on.
   *
   * @param after number of the last event that the caller knows, for callers that cannot set {@code
   *     Last-Event-ID}; 0 is the very beginning, and nothing begins with what comes next
   * @param instanceId only what happens to that instance
   */
  @Operation(operationId = "followEvents")
  @Answers(mediaType = MediaType.TEXT_EVENT_STREAM_VALUE, body = String.class)
  @Refuses({ProblemType.INVALID_REQUEST, ProblemType.NOT_FOUND})
  @RequiresScope({Scope.READ, Scope.AUDIT})
  @GetMapping(path = "/api/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  void events(
      @RequestHeader(name = LastEventId.HEADER, required = false) @Nullable String lastEventId,
      @Parameter(schema = @Schema(type = "integer", minimum = "0", maximum = "999999999999999999"))
          @RequestParam(required = false)
          @Nullable String after,
      @RequestParam(name = "instance_id", required = false) @Nullable String instanceId,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    var last = LastEventId.of(lastEventId, after);
    if (instanceId != null && !history.knows(instanceId)) {
      throw new ProblemException(
          ProblemType.NOT_FOUND, "there is no instance '%s'".formatted(instanceId));
    }
    try (var stream =
        streams.open(last, Optional.ofNullable(instanceId), EnvValues.forCallerOf(request))) {
      response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
      response.setHeader("X-Accel-Buffering", "no");
      if (!HttpMethod.HEAD.matches(request.getMethod())) {
        send(stream, request, response);
      }
    }
  }

  private void send(
      LiveEventStream stream, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    var actor = AuthenticationFilter.actorOf(request);
    var writer =
        new SseWriter(
            new TimedOutput(response.getOutputStream(), writeLimit), settings.heartbeat());
    ResponseSender.untilItEnds(() -> stream.run(writer, () -> keys.isGood(actor)));
  }
}
