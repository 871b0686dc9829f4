package dev.muster.command.topic;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Under which transactional id a replica writes. It is the same after a restart, so that the broker
 * ends at once what a killed replica left open; two replicas share no host and port.
 */
@Component
record WriterId(String text) {

  @Autowired
  WriterId(Environment environment) {
    this(of(environment.getProperty("server.port", Integer.class, 0)));
  }

  static String of(int port) {
    return port == 0 ? "command-" + UUID.randomUUID() : "command-%s-%d".formatted(host(), port);
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }
}
