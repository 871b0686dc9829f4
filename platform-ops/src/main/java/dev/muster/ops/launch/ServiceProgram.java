package dev.muster.ops.launch;

import java.util.List;
import java.util.function.Consumer;

/**
 * A service as a program of its own.
 *
 * @param name what it is called on the command line
 * @param application its Spring application
 * @param defaults resource with the settings that it makes up itself
 * @param port where it listens for clients unless told otherwise, or {@link #NO_CLIENTS}
 * @param opsPort where it listens for operators unless told otherwise
 * @param settings names what is wrong with its settings, before anything is opened
 * @param plain exceptions whose messages were written for whoever starts the service
 */
public record ServiceProgram(
    String name,
    Class<?> application,
    String defaults,
    int port,
    int opsPort,
    Consumer<SettingsCheck> settings,
    List<Class<? extends Throwable>> plain) {

  /** Nobody calls it; it has its work from topics. */
  public static final int NO_CLIENTS = -1;

  boolean hasClients() {
    return port != NO_CLIENTS;
  }

  String usage() {
    return """
    Usage: muster service %s [--env FILE] [--config FILE]%s [--ops-port N]

      --env FILE      settings as NAME=value lines, readable by you alone, such as the infra.env
                      that muster infra writes (MUSTER_ENV_FILE)
      --config FILE   settings, YAML or properties (MUSTER_CONFIG)
    %s  --ops-port N    where operators find /healthz, /livez and /metrics (MUSTER_OPS_PORT; %d)

    Any setting may be given by its name, as in --muster.default-region=us-east-1.
    Ports may be 0 for any that is free. The command line goes before the environment, the
    environment before the env file, and that before the configuration file.\
    """
        .formatted(name, hasClients() ? " [--port N]" : " [--name W]", ownOption(), opsPort);
  }

  private String ownOption() {
    return hasClients()
        ? "  --port N        where it listens for clients (MUSTER_PORT; %d)%n".formatted(port)
        : "  --name W        what it is called; no two may have one name (MUSTER_WORKER_NAME; the"
            + " machine's)\n";
  }
}
