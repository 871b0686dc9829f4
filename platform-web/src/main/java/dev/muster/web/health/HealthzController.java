package dev.muster.web.health;

import dev.muster.ops.ready.Readiness;
import dev.muster.web.contract.Answers;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Map;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /healthz}: 200 once everything is ready, 503 with what is missing before. */
@RestController
@Tag(name = "platform")
final class HealthzController {

  private final Readiness readiness;

  HealthzController(Readiness readiness) {
    this.readiness = readiness;
  }

  /**
   * Whether a service can do its work.
   *
   * @param missing parts that it waits for, and why
   * @param alarms what operators must look at, though the service may be ready; mostly empty
   */
  record ReadinessView(
      @Schema(allowableValues = {"ready", "not ready"}) String status,
      Map<String, String> missing,
      Map<String, String> alarms) {}

  /** Says whether everything is ready. */
  @GetMapping("/healthz")
  @Operation(operationId = "getReadiness")
  @SecurityRequirements
  @Answers(when = "Everything is ready", headers = "Cache-Control")
  @Answers(status = 503, when = "Something is missing", headers = "Cache-Control")
  ResponseEntity<ReadinessView> healthz() {
    var missing = readiness.missing();
    return ResponseEntity.status(missing.isEmpty() ? 200 : 503)
        .cacheControl(CacheControl.noStore())
        .body(
            new ReadinessView(
                missing.isEmpty() ? "ready" : "not ready", missing, readiness.raised()));
  }
}
