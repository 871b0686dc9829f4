package dev.muster.query.shell.web;

import dev.muster.events.access.Scope;
import dev.muster.events.envelope.Correlation;
import dev.muster.events.instance.InstanceState;
import dev.muster.events.instance.InstanceStatus;
import dev.muster.query.instance.current.InstanceRow;
import dev.muster.query.shell.Gateways;
import dev.muster.query.shell.Tickets;
import dev.muster.query.store.ReadStore;
import dev.muster.web.contract.Answers;
import dev.muster.web.contract.Refuses;
import dev.muster.web.key.RequiresScope;
import dev.muster.web.problem.ProblemException;
import dev.muster.web.problem.ProblemType;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /api/instances/:id/ssh}: the way into an instance. */
@RestController
@Tag(name = "instances")
final class ShellController {

  private final ReadStore store;
  private final Gateways gateways;
  private final Tickets tickets;

  ShellController(ReadStore store, Gateways gateways, Tickets tickets) {
    this.store = store;
    this.gateways = gateways;
    this.tickets = tickets;
  }

  /**
   * Tells how to open a shell in an instance, by SSH. The user name is a ticket: it is good for one
   * login within 60 seconds, nothing else is asked, and whoever has it needs no key.
   */
  @GetMapping("/api/instances/{id}/ssh")
  @RequiresScope(Scope.OPERATE)
  @Operation(operationId = "openShell")
  @Answers(headers = "Cache-Control")
  @Refuses({ProblemType.NOT_FOUND, ProblemType.CONFLICT})
  ResponseEntity<ShellView> ssh(
      @PathVariable String id, Correlation caller, HttpServletRequest request) {
    var instance = find(id);
    requireShell(instance);
    var region = instance.spec().region();
    var gateway = gateways.of(region).orElseThrow(() -> nobodyLetsIn(region));
    if (HttpMethod.HEAD.matches(request.getMethod())) {
      return ResponseEntity.ok().build();
    }
    var ticket = tickets.issue(instance.instanceId(), gateway.worker(), caller);
    return ResponseEntity.ok(ShellView.of(gateway, instance.instanceId() + "." + ticket));
  }

  private InstanceState find(String id) {
    return store
        .find(InstanceRow.class, id)
        .map(InstanceRow::folded)
        .orElseThrow(
            () ->
                new ProblemException(
                    ProblemType.NOT_FOUND, "there is no instance '%s'".formatted(id)));
  }

  private void requireShell(InstanceState instance) {
    if (instance.status() != InstanceStatus.RUNNING) {
      throw new ProblemException(
          ProblemType.CONFLICT,
          "status %s does not allow a shell; it takes running".formatted(instance.status()));
    }
    if (gateways.isSimulated(instance.host())) {
      throw new ProblemException(
          ProblemType.CONFLICT,
          "host %s is simulated, and has no shell".formatted(instance.host()));
    }
  }

  private static ProblemException nobodyLetsIn(String region) {
    return ProblemException.unavailable(
        "no live worker of region %s opens shells; see muster.ssh.enabled".formatted(region));
  }
}
