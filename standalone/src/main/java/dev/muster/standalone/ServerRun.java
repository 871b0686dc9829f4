package dev.muster.standalone;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The servers from their start to their end, which comes with a signal or when one gives up. */
final class ServerRun {

  private static final Logger log = LoggerFactory.getLogger(ServerRun.class);

  private final DataFolder data;
  private final Console console;
  private final EmbeddedServers servers;
  private final AtomicBoolean stopping = new AtomicBoolean();
  private volatile Runnable onTop = () -> {};
  private volatile boolean gaveUp;

  private ServerRun(DataFolder data, Console console, EmbeddedServers servers) {
    this.data = data;
    this.console = console;
    this.servers = servers;
  }

  static ServerRun begin(DataFolder data, Console console, EmbeddedServers servers) {
    var run = new ServerRun(data, console, servers);
    Runtime.getRuntime().addShutdownHook(new Thread(run::stop, "stop"));
    return run;
  }

  /** What leans on the servers ends before they do. */
  void endBefore(Runnable end) {
    onTop = end;
  }

  boolean isStopping() {
    return stopping.get();
  }

  /** Ends the process, unless it is on its way out already. */
  void giveUp(List<String> why) {
    if (!stopping.get()) {
      gaveUp = true;
      why.forEach(console::fail);
      System.exit(1);
    }
  }

  private void stop() {
    if (!stopping.compareAndSet(false, true)) {
      return;
    }
    StopDeadline.begin();
    say("Stopping …");
    onTop.run();
    servers.close();
    try {
      data.close();
    } catch (IOException e) {
      log.warn("the data folder could not be released", e);
    }
    say("Stopped. Instances on this machine go on running.");
  }

  // The reason is the last that is said after giving up.
  private void say(String line) {
    if (!gaveUp) {
      console.say(line);
    }
  }
}
