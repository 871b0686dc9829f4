package dev.muster.web.health;

import dev.muster.ops.ready.Readiness;
import java.util.Map;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /healthz}: 200 once everything is ready, 503 with what is missing before. */
@RestController
final class HealthzController {

  private final Readiness readiness;

  HealthzController(Readiness readiness) {
    this.readiness = readiness;
  }

  record Health(String status, Map<String, String> missing) {}

  @GetMapping("/healthz")
  ResponseEntity<Health> healthz() {
    var missing = readiness.missing();
    return ResponseEntity.status(missing.isEmpty() ? 200 : 503)
        .cacheControl(CacheControl.noStore())
        .body(new Health(missing.isEmpty() ? "ready" : "not ready", missing));
  }
}
