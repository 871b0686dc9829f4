package dev.muster.command.region.web;

import static org.springframework.http.MediaType.APPLICATION_JSON_VALUE;

import dev.muster.command.operator.web.CommandsPlatform;
import dev.muster.command.operator.web.OperatorCalls;
import dev.muster.command.operator.web.OperatorCalls.EventConstructor;
import dev.muster.command.operator.web.OperatorCalls.Target;
import dev.muster.command.region.HostOrders;
import dev.muster.events.envelope.Correlation;
import dev.muster.events.host.HostOrder;
import dev.muster.events.operator.OperatorEvent;
import dev.muster.events.operator.OperatorEvent.CordonRequested;
import dev.muster.events.operator.OperatorEvent.UncordonRequested;
import dev.muster.web.contract.Answers;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What operators can tell of a host. */
@RestController
@Tag(name = "fleet")
@RequestMapping("/api/hosts/{name}")
final class HostController {

  private final HostOrders orders;
  private final OperatorCalls calls;

  HostController(HostOrders orders, OperatorCalls calls) {
    this.orders = orders;
    this.calls = calls;
  }

  /**
   * What was ordered of a host.
   *
   * @param cordoned whether it is to get no new instances
   */
  record Cordon(String host, boolean cordoned) {}

  /**
   * Cordons a host: it gets no new instances until it is uncordoned, also after its worker was
   * started again. Those that it has stay, and can be paused, restarted and deleted there.
   *
   * @param name of the host
   */
  @PostMapping(path = "/cordon", produces = APPLICATION_JSON_VALUE)
  @Operation(operationId = "cordonHost")
  @CommandsPlatform
  @Answers(
      status = 202,
      body = Cordon.class,
      headers = {"Idempotent-Replayed", "Read-Side"})
  ResponseEntity<Object> cordon(
      @PathVariable String name, @RequestHeader HttpHeaders headers, Correlation caller) {
    return ordered(headers, caller, new Cordon(name, true), CordonRequested::new);
  }

  /**
   * Uncordons a host: it gets new instances again. To uncordon one that gets them is no error.
   *
   * @param name of the host
   */
  @PostMapping(path = "/uncordon", produces = APPLICATION_JSON_VALUE)
  @Operation(operationId = "uncordonHost")
  @CommandsPlatform
  @Answers(
      status = 202,
      body = Cordon.class,
      headers = {"Idempotent-Replayed", "Read-Side"})
  ResponseEntity<Object> uncordon(
      @PathVariable String name, @RequestHeader HttpHeaders headers, Correlation caller) {
    return ordered(headers, caller, new Cordon(name, false), UncordonRequested::new);
  }

  private <E extends OperatorEvent> ResponseEntity<Object> ordered(
      HttpHeaders headers, Correlation caller, Cordon wanted, EventConstructor<E> constructor) {
    var host = wanted.host();
    var cordoned = wanted.cordoned();
    return calls.call(
        headers,
        caller,
        host(host),
        (cordoned ? "cordon host " : "uncordon host ") + host,
        constructor,
        asked -> orders.give(new HostOrder(host, caller.actor().id(), asked.at(), cordoned)),
        ResponseEntity.accepted().body(wanted));
  }

  private Target host(String name) {
    return new Target(
        name,
        () -> orders.hasHost(name),
        "no worker has announced a host '%s' within the last ten minutes".formatted(name),
        "workers cannot be told anything now; try again soon");
  }
}
