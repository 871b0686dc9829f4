package dev.muster.query.shell;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.muster.events.access.ApiKeyState;
import dev.muster.events.codec.Json;
import dev.muster.events.envelope.Correlation;
import dev.muster.events.kafka.KafkaClients;
import dev.muster.events.kafka.Topics;
import dev.muster.events.worker.ShellTicket;
import dev.muster.kafka.producer.ReopenedProducer;
import dev.muster.web.key.KeyRing;
import dev.muster.web.problem.ProblemException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Makes tickets for one login each, and tells the worker that is to take one what it hashes to. */
@Component
public final class Tickets implements AutoCloseable {

  /** Within which the login has to begin. */
  static final Duration GOOD_FOR = Duration.ofSeconds(60);

  private static final Logger log = LoggerFactory.getLogger(Tickets.class);
  private static final Duration WITHIN = Duration.ofSeconds(3);
  private static final int BYTES = 20;

  private final SecureRandom random = new SecureRandom();
  private final KeyRing keys;
  private final ReopenedProducer producer;

  Tickets(KafkaClients kafka, KeyRing keys) {
    this.producer = new ReopenedProducer(kafka, "query-shell-tickets");
    this.keys = keys;
  }

  /**
   * A ticket of 40 hexadecimal digits, once the broker has its hash.
   *
   * @throws ProblemException 503 when the broker does not take it; the ticket is lost
   */
  public String issue(String instanceId, String worker, Correlation caller) {
    var bytes = new byte[BYTES];
    random.nextBytes(bytes);
    var ticket = HexFormat.of().formatHex(bytes);
    var told =
        new ShellTicket(
            hash(ticket),
            instanceId,
            worker,
            caller.actor().id(),
            caller.actor().name(),
            caller.requestId(),
            Instant.now().plus(GOOD_FOR).truncatedTo(ChronoUnit.MICROS),
            keys.find(caller.actor().id()).map(ApiKeyState::expiresAt).orElse(null));
    tell(new ProducerRecord<>(Topics.SHELL_TICKETS, instanceId, Json.write(told)));
    return ticket;
  }

  static String hash(String ticket) {
    try {
      var digest = MessageDigest.getInstance("SHA-256").digest(ticket.getBytes(US_ASCII));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private void tell(ProducerRecord<String, byte[]> record) {
    try {
      var unused = producer.write(List.of(record), WITHIN);
    } catch (ExecutionException | TimeoutException | KafkaException e) {
      log.warn("shell_ticket_lost instance_id={} cause=\"{}\"", record.key(), e.toString());
      throw unavailable();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable();
    }
  }

  private static ProblemException unavailable() {
    return ProblemException.unavailable("the broker does not answer; nothing was done");
  }

  @Override
  public void close() {
    producer.close();
  }
}
