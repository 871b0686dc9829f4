package dev.muster.worker.ssh;

import dev.muster.ops.launch.AddressText;
import dev.muster.ops.launch.Ports;
import java.io.IOException;
import java.net.Inet4Address;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * How callers reach the instances of a worker.
 *
 * @param enabled whether they do at all, {@code muster.ssh.enabled}
 * @param address to listen at, {@code muster.ssh.address}; as {@code muster.address} when absent
 * @param port to listen at, {@code muster.ssh.port}; 0 for any that is free
 * @param host as callers reach it, {@code muster.ssh.host}; when absent it follows from the address
 * @param sessionsAtOnce shells that may be open, {@code muster.ssh.sessions-at-once}
 * @param idleTimeout after which a silent connection ends, {@code muster.ssh.idle-timeout}
 */
public record SshSettings(
    boolean enabled,
    String address,
    int port,
    String host,
    int sessionsAtOnce,
    Duration idleTimeout) {

  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9:]([A-Za-z0-9.:_-]{0,252})");
  private static final Path MACHINE_NAME = Path.of("/proc/sys/kernel/hostname");

  public SshSettings {
    require(port >= 0 && port <= 65_535, "port is %d; it takes 0..65535".formatted(port));
    require(
        HOST.matcher(host).matches(),
        "host is '%s'; it takes a name or an address".formatted(host));
    require(
        sessionsAtOnce >= 1 && sessionsAtOnce <= 1000,
        "sessions-at-once is %d; it takes 1..1000".formatted(sessionsAtOnce));
    require(
        idleTimeout.compareTo(Duration.ofSeconds(1)) >= 0
            && idleTimeout.compareTo(Duration.ofDays(7)) <= 0,
        "idle-timeout is %s; it takes 1s to 7d".formatted(idleTimeout));
  }

  private static void require(boolean fits, String otherwise) {
    if (!fits) {
      throw new IllegalStateException("muster.ssh." + otherwise);
    }
  }

  /**
   * @throws RuntimeException that says what is wrong, a port that is taken among it
   */
  public static SshSettings read(Environment environment) {
    var binder = Binder.get(environment);
    var everywhere = environment.getProperty("muster.address", "127.0.0.1");
    var address = environment.getProperty("muster.ssh.address", everywhere);
    var host = environment.getProperty("muster.ssh.host", "");
    var settings =
        new SshSettings(
            binder.bind("muster.ssh.enabled", Boolean.class).get(),
            address,
            binder.bind("muster.ssh.port", Integer.class).get(),
            host.isBlank() ? reachedAt(address) : host,
            binder.bind("muster.ssh.sessions-at-once", Integer.class).get(),
            binder.bind("muster.ssh.idle-timeout", Duration.class).get());
    settings.check();
    return settings;
  }

  private void check() {
    if (enabled && port > 0) {
      Ports.check(Ports.address("muster.ssh.address", address), port, "muster.ssh.port");
    }
  }

  private static String reachedAt(String address) {
    var parsed = Ports.address("muster.ssh.address", address);
    if (parsed.isAnyLocalAddress()) {
      return machineName();
    }
    // A name that stands for both loopback addresses may be taken for the other one.
    if (parsed.isLoopbackAddress()) {
      return parsed instanceof Inet4Address ? "localhost" : AddressText.of(parsed);
    }
    return AddressText.of(address);
  }

  private static String machineName() {
    try {
      return Files.readString(MACHINE_NAME).strip();
    } catch (IOException e) {
      return "localhost";
    }
  }
}
