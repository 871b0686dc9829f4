package dev.muster.worker.ssh;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.awaitility.Awaitility.await;

import dev.muster.events.codec.Json;
import dev.muster.events.instance.Ids;
import dev.muster.events.instance.InstanceSpec;
import dev.muster.events.instance.RestartPolicy;
import dev.muster.events.kafka.Topics;
import dev.muster.events.worker.ShellAddress;
import dev.muster.events.worker.ShellTicket;
import dev.muster.worker.EventTopic;
import dev.muster.worker.driver.Action;
import dev.muster.worker.driver.ActionResult;
import dev.muster.worker.driver.Task;
import dev.muster.worker.driver.process.ProcessDriver;
import dev.muster.worker.host.Host;
import dev.muster.worker.host.HostDirectory;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** A gateway to a process host, with a real broker to hear of tickets by. */
final class OpenGateway implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMillis(500);

  private final EventTopic topic;
  private final ProcessDriver driver;
  private final SshGateway gateway;
  private final Thread thread;
  private final List<String> instances = new ArrayList<>();
  private final String worker = "w-" + UUID.randomUUID();
  private final AtomicInteger dropped = new AtomicInteger();

  OpenGateway(EventTopic topic, Path data, int sessions, Duration idle) throws Exception {
    this.topic = topic;
    this.driver = new ProcessDriver("local", 100, data.resolve("local"));
    var hosts = new HostDirectory(List.of(new Host("local", "r", "process", 100, driver)));
    var settings = new SshSettings(true, "127.0.0.1", 0, "localhost", sessions, idle);
    this.gateway =
        new SshGateway(
            settings, topic.kafka(), worker, data, hosts, dropped::incrementAndGet, PATIENCE);
    this.thread = Thread.ofVirtual().start(this::run);
    await().atMost(Duration.ofSeconds(30)).until(() -> gateway.address().isPresent());
  }

  private void run() {
    try {
      gateway.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  ShellAddress address() {
    return gateway.address().orElseThrow();
  }

  /** Connections that had to go, up to now. */
  int dropped() {
    return dropped.get();
  }

  ProcessDriver driver() {
    return driver;
  }

  /** An instance that runs until it is told otherwise. */
  String instance() throws Exception {
    var id = Ids.newInstance();
    instances.add(id);
    var spec =
        new InstanceSpec(
            "test",
            "r",
            null,
            List.of("sleep", "600"),
            Map.of("GREETING", "grüß dich 'you'"),
            null,
            null,
            RestartPolicy.NEVER);
    perform(id, 1, new Action.Start(spec));
    driver.startReported(id, "op_1");
    return id;
  }

  void perform(String id, long sequence, Action action) throws Exception {
    var result = driver.perform(new Task(id, "op_" + sequence, sequence, action));
    if (!(result instanceof ActionResult.Done)) {
      throw new AssertionError(action + " came to " + result);
    }
  }

  /** A user that may log in. */
  String user(String instance) throws Exception {
    return user(instance, "key_1", worker, Instant.now().plusSeconds(60));
  }

  String user(String instance, String keyId, Instant expiresAt) throws Exception {
    return user(instance, keyId, worker, expiresAt);
  }

  String userUntil(String instance, String keyId, Instant keyEndsAt) throws Exception {
    var ticket = newTicket();
    tell(ticket, instance, keyId, worker, Instant.now().plusSeconds(60), keyEndsAt);
    return instance + "." + ticket;
  }

  String userOfAnother(String instance) throws Exception {
    return user(instance, "key_1", "another", Instant.now().plusSeconds(60));
  }

  private String user(String instance, String keyId, String forWorker, Instant expiresAt)
      throws Exception {
    var ticket = newTicket();
    tell(ticket, instance, keyId, forWorker, expiresAt);
    return instance + "." + ticket;
  }

  static String newTicket() {
    return (UUID.randomUUID() + "" + UUID.randomUUID()).replace("-", "").substring(0, 40);
  }

  void tell(String ticket, String instance) throws Exception {
    tell(ticket, instance, "key_1", worker, Instant.now().plusSeconds(60));
  }

  private void tell(
      String ticket, String instance, String keyId, String forWorker, Instant expiresAt)
      throws Exception {
    tell(ticket, instance, keyId, forWorker, expiresAt, null);
  }

  private void tell(
      String ticket,
      String instance,
      String keyId,
      String forWorker,
      Instant expiresAt,
      @Nullable Instant keyEndsAt)
      throws Exception {
    var hash = MessageDigest.getInstance("SHA-256").digest(ticket.getBytes(US_ASCII));
    var told =
        new ShellTicket(
            HexFormat.of().formatHex(hash),
            instance,
            forWorker,
            keyId,
            "k",
            "req_1",
            expiresAt,
            keyEndsAt);
    topic.put(Topics.SHELL_TICKETS, instance, told);
  }

  /** A user for whom somebody without the secret wrote a ticket. */
  String forgedUser(String instance) throws Exception {
    var ticket = newTicket();
    var hash = MessageDigest.getInstance("SHA-256").digest(ticket.getBytes(US_ASCII));
    var told =
        new ShellTicket(
            HexFormat.of().formatHex(hash),
            instance,
            worker,
            "key_1",
            "k",
            "req_1",
            Instant.now().plusSeconds(60),
            null);
    topic.forge(new ProducerRecord<>(Topics.SHELL_TICKETS, instance, Json.write(told)));
    return instance + "." + ticket;
  }

  void stop() throws Exception {
    gateway.stop();
    thread.join();
  }

  @Override
  public void close() throws Exception {
    stop();
    for (var id : instances) {
      perform(id, 1_000, new Action.Remove());
    }
  }
}
