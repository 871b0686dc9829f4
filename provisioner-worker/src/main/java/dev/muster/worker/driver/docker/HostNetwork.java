package dev.muster.worker.driver.docker;

import java.util.Map;

/** The network of a host: a bridge on which its instances do not reach each other. */
final class HostNetwork {

  private final DockerEngine engine;
  private final String host;

  HostNetwork(DockerEngine engine, String host) {
    this.engine = engine;
    this.host = host;
  }

  /** Its name; makes it when it is missing. */
  String ensure() {
    var name = "muster." + host;
    if (engine.find("/networks/" + name).isEmpty()) {
      var path = "/networks/create";
      var answer =
          engine.post(
              path,
              Map.of(
                  "Name",
                  name,
                  "CheckDuplicate",
                  true,
                  "Driver",
                  "bridge",
                  "Labels",
                  Map.of(HostLabels.HOST, host),
                  "Options",
                  Map.of("com.docker.network.bridge.enable_icc", "false")));
      // 409: somebody else has made it.
      if (answer.status() != 409) {
        engine.ok(answer, path);
      }
    }
    return name;
  }
}
