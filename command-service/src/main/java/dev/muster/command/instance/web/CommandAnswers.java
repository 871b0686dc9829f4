package dev.muster.command.instance.web;

import dev.muster.events.view.InstanceView;
import io.swagger.v3.oas.annotations.media.Schema;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/** Answers to commands, and the headers that they all carry. */
final class CommandAnswers {

  private static final String VERSION = "Instance-Version";
  private static final String READ_SIDE = "Read-Side";

  /** What an instance was brought to. */
  record Status(@Schema(allowableValues = {"paused", "running", "restarted"}) String status) {}

  /** An operation that is still under way. */
  record PendingOperation(String operationId, @Schema(allowableValues = "pending") String status) {}

  private CommandAnswers() {}

  static ResponseEntity<Object> created(InstanceView body, boolean readable) {
    return headed(HttpStatus.CREATED, body.version(), readable)
        .location(URI.create(pathOf(body.id())))
        .body(body);
  }

  /** 200 with the body, or 204 without one. */
  static ResponseEntity<Object> done(@Nullable Object body, long version, boolean readable) {
    return body == null
        ? headed(HttpStatus.NO_CONTENT, version, readable).build()
        : headed(HttpStatus.OK, version, readable).body(body);
  }

  static ResponseEntity<Object> pending(String operationId, long version, boolean readable) {
    return headed(HttpStatus.ACCEPTED, version, readable)
        .location(URI.create("/api/operations/" + operationId))
        .body(new PendingOperation(operationId, "pending"));
  }

  /** Says which preference was honoured (RFC 7240, 3). */
  static ResponseEntity<Object> onTerms(
      Preconditions preconditions, ResponseEntity<Object> answer) {
    return preconditions
        .preferredWait()
        .applied()
        .map(
            applied ->
                ResponseEntity.status(answer.getStatusCode())
                    .headers(answer.getHeaders())
                    .header("Preference-Applied", applied)
                    .body(answer.getBody()))
        .orElse(answer);
  }

  static String pathOf(String instanceId) {
    return "/api/instances/" + instanceId;
  }

  private static ResponseEntity.BodyBuilder headed(
      HttpStatus status, long version, boolean readable) {
    var answer = ResponseEntity.status(status).header(VERSION, Long.toString(version));
    return readable ? answer : answer.header(READ_SIDE, "behind");
  }
}
