package dev.muster.worker.driver.docker;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/**
 * The network of a host: a bridge on which its instances do not reach each other. An engine may
 * have many of one name; the oldest is the host's.
 */
final class HostNetwork {

  private static final String PATH = "/networks/create";

  private final DockerEngine engine;
  private final String host;

  HostNetwork(DockerEngine engine, String host) {
    this.engine = engine;
    this.host = host;
  }

  /** Its id; makes it when it is missing. */
  String ensure() {
    return oldest()
        .orElseGet(() -> HostInstances.alone(host, () -> oldest().orElseGet(this::make)));
  }

  private Optional<String> oldest() {
    var filter = DockerEngine.labelled(List.of(ContainerLabels.HOST + "=" + host));
    var found = engine.get("/networks?filters=" + filter);
    return StreamSupport.stream(found.spliterator(), false)
        .min(Comparator.comparing(HostNetwork::created).thenComparing(HostNetwork::id))
        .map(HostNetwork::id);
  }

  private String make() {
    var answer =
        engine.post(
            PATH,
            Map.of(
                "Name",
                "muster." + host,
                "CheckDuplicate",
                true,
                "Driver",
                "bridge",
                "Labels",
                Map.of(ContainerLabels.HOST, host),
                "Options",
                Map.of("com.docker.network.bridge.enable_icc", "false")));
    // 409: somebody else has made it.
    var own = answer.status() == 409 ? "" : id(engine.ok(answer, PATH).json());
    var chosen = oldest().orElse(own);
    if (!own.isEmpty() && !chosen.equals(own)) {
      engine.delete("/networks/" + own);
    }
    return chosen;
  }

  private static Instant created(JsonNode network) {
    return Instant.parse(network.path("Created").asString(""));
  }

  private static String id(JsonNode network) {
    return network.path("Id").asString("");
  }
}
