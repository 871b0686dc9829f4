package dev.muster.standalone;

import dev.muster.infrastructure.EmbeddedKafka;
import dev.muster.infrastructure.ServerStartException;
import dev.muster.ops.launch.Failures;
import dev.muster.ops.launch.Ports;
import dev.muster.ops.launch.StartException;
import dev.muster.standalone.Invocation.Infra;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.env.StandardEnvironment;

/** The servers alone, for services that are processes of their own. */
final class Servers {

  private static final Logger log = LoggerFactory.getLogger(Servers.class);
  private static final Failures FAILURES = new Failures(List.of(ServerStartException.class));

  private Servers() {}

  /** Returns when they are up; the broker's threads keep the process alive. */
  static void run(Infra infra, DataFolder data, Console console) {
    long begin = System.nanoTime();
    checkPorts(infra.ports(), data);
    console.say("Starting PostgreSQL, Kafka and a Mongo server with the data in " + data.path());
    int partitions = EmbeddedServers.partitions(new StandardEnvironment());
    var all = EmbeddedServers.all(data, infra.ports(), partitions, console);
    var run = ServerRun.begin(data, console, all);
    try {
      var file = ServiceEnv.write(data, all, partitions);
      console.say("Ready in %s".formatted(Console.seconds(begin)));
      Greeting.ofServers(infra, file).forEach(console::say);
      var unused = EmbeddedKafka.fault().thenAccept(why -> run.giveUp(List.of(why)));
      console.closeIfDetached();
    } catch (IOException | RuntimeException e) {
      log.error("the servers do not start", e);
      run.giveUp(FAILURES.lines(e));
    }
  }

  private static void checkPorts(ServerPorts ports, DataFolder data) {
    var wanted = new TreeMap<String, Integer>();
    wanted.put("--kafka-port", ports.kafka());
    wanted.put("--mongodb-port", ports.mongodb());
    // A PostgreSQL that a killed run left behind is stopped by the next one.
    if (!Files.exists(data.resolve("postgresql/cluster/postmaster.pid"))) {
      wanted.put("--postgresql-port", ports.postgresql());
    }
    var problems = new ArrayList<String>();
    wanted.forEach(
        (option, port) -> {
          try {
            Ports.check(InetAddress.getLoopbackAddress(), port, option);
          } catch (StartException e) {
            problems.addAll(e.lines());
          }
        });
    if (!problems.isEmpty()) {
      throw new StartException(problems);
    }
  }
}
