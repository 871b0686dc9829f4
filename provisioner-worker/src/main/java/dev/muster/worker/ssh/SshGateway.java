package dev.muster.worker.ssh;

import dev.muster.events.kafka.KafkaClients;
import dev.muster.events.worker.ShellAddress;
import dev.muster.worker.host.Host;
import dev.muster.worker.host.HostDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.sshd.common.session.helpers.AbstractSession;
import org.apache.sshd.server.SshServer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way into the instances of a worker, for those whom the platform gave a ticket. */
public final class SshGateway {

  private static final Logger log = LoggerFactory.getLogger(SshGateway.class);

  /** A ticket and its holder travel apart, and the holder may be faster. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /** How often it is looked for keys that have ended. */
  private static final Duration LOOK = Duration.ofMillis(500);

  /** Beside those of shells: logins on their way to one, or out. */
  private static final int MORE_LOGINS = 32;

  private final SshSettings settings;
  private final Path folder;
  private final HostDirectory hosts;
  private final ShellCounter counter;
  private final TicketStore tickets;
  private final TicketTopicReader reader;
  private @Nullable SshServer server;
  private boolean stopping;
  private volatile Optional<ShellAddress> address = Optional.empty();

  /**
   * @param worker whose tickets are taken here
   * @param folder where the host key is kept
   */
  public SshGateway(
      SshSettings settings,
      KafkaClients kafka,
      String worker,
      Path folder,
      HostDirectory hosts,
      ShellCounter counter) {
    this(settings, kafka, worker, folder, hosts, counter, PATIENCE);
  }

  SshGateway(
      SshSettings settings,
      KafkaClients kafka,
      String worker,
      Path folder,
      HostDirectory hosts,
      ShellCounter counter,
      Duration patience) {
    this.tickets = new TicketStore(Clock.systemUTC(), patience);
    this.settings = settings;
    this.folder = folder;
    this.hosts = hosts;
    this.counter = counter;
    this.reader = new TicketTopicReader(kafka, worker, tickets::add, this::keyEnds);
  }

  /** Where callers come in; empty while they cannot. */
  public Optional<ShellAddress> address() {
    return address;
  }

  /** Lets callers in until {@link #stop}; returns at once where nobody can be. */
  public void run() throws InterruptedException {
    if (!settings.enabled()
        || hosts.all().stream().map(Host::driver).allMatch(driver -> driver.shells().isEmpty())) {
      return;
    }
    try {
      var opened = open();
      if (opened.isPresent()) {
        reader.run(() -> address = opened);
      }
    } catch (IOException | RuntimeException e) {
      log.error("nobody can open a shell here, mend this and start the worker anew", e);
    } finally {
      stop();
    }
  }

  private synchronized Optional<ShellAddress> open() throws IOException {
    if (stopping) {
      return Optional.empty();
    }
    var key = HostKey.in(folder);
    var limiter = new ShellLimiter(hosts, settings.sessionsAtOnce());
    var connections = new Connections(2 * settings.sessionsAtOnce() + MORE_LOGINS, counter);
    server =
        SshServers.of(
            settings, key, connections, new TicketAuthenticator(tickets, connections), limiter);
    server.start();
    var unused =
        server
            .getScheduledExecutorService()
            .scheduleWithFixedDelay(this::cutEnded, 0, LOOK.toMillis(), TimeUnit.MILLISECONDS);
    var fingerprint = HostKey.fingerprint(key);
    log.info(
        "shells_open address={} port={} fingerprint={}",
        settings.address(),
        server.getPort(),
        fingerprint);
    return Optional.of(new ShellAddress(settings.host(), server.getPort(), fingerprint));
  }

  /** The key is good until then at most; what it opened ends with it. */
  private void keyEnds(String keyId, Instant end) {
    tickets.keyEnds(keyId, end);
    for (var session : sessions()) {
      var ticket = session.getAttribute(TicketAuthenticator.TICKET);
      if (ticket != null && ticket.keyId().equals(keyId)) {
        session.setAttribute(TicketAuthenticator.TICKET, ticket.whoseKeyEnds(end));
      }
    }
    cutEnded();
  }

  private void cutEnded() {
    var now = Instant.now();
    for (var session : sessions()) {
      var ticket = session.getAttribute(TicketAuthenticator.TICKET);
      if (ticket != null && ticket.isKeyOver(now) && !session.isClosing()) {
        log.info(
            "shell_cut instance_id={} key_id={} reason=\"the key was revoked or has expired\"",
            ticket.instanceId(),
            ticket.keyId());
        session.close(true);
      }
    }
  }

  private List<AbstractSession> sessions() {
    var running = running();
    return running == null ? List.of() : running.getActiveSessions();
  }

  private synchronized @Nullable SshServer running() {
    return server;
  }

  /** Ends every session and lets nobody in any more. */
  public synchronized void stop() {
    stopping = true;
    address = Optional.empty();
    reader.stop();
    if (server != null) {
      try {
        server.stop(true);
      } catch (IOException e) {
        log.debug("the way in was closed before", e);
      }
      server = null;
    }
  }
}
