package dev.muster.ops.server;

import org.springframework.core.env.Environment;

/**
 * Where operators find a service.
 *
 * @param address {@code muster.ops.address}; this machine only, unless it is set
 * @param port {@code muster.ops.port}; 0 takes a free one, and -1 means none at all
 */
public record OpsSettings(String address, int port) {

  public static final int NONE = -1;

  public OpsSettings {
    if (port < NONE || port > 65_535) {
      throw new IllegalArgumentException(
          "muster.ops.port is %d; it takes 0..65535, or -1 for none".formatted(port));
    }
  }

  public static OpsSettings read(Environment environment) {
    return new OpsSettings(
        environment.getProperty("muster.ops.address", "127.0.0.1"),
        environment.getProperty("muster.ops.port", Integer.class, NONE));
  }
}
