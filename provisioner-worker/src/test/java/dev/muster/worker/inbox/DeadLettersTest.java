package dev.muster.worker.inbox;

import static dev.muster.worker.EventTopic.creation;
import static dev.muster.worker.EventTopic.expired;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.events.deadletter.DeadLetter;
import dev.muster.events.instance.Ids;
import dev.muster.events.instance.InstanceEvent.CreationRequested;
import dev.muster.events.kafka.Topics;
import dev.muster.worker.EventTopic;
import dev.muster.worker.GatedDriver;
import dev.muster.worker.RunningInbox;
import dev.muster.worker.driver.simulated.SimulatedDriver;
import dev.muster.worker.driver.simulated.SimulatedHost;
import dev.muster.worker.driver.simulated.SimulatedHost.Entry;
import dev.muster.worker.host.Host;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeadLettersTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  // Other tests share the topic, and each new group meets the poison of those before it.
  private final String region = "sim-" + Ids.newEvent().substring(3);
  private final String instance = Ids.newInstance();
  private final SimulatedHost host = new SimulatedHost("lab", 600, Duration.ZERO, 0);
  private final GatedDriver driver = new GatedDriver(new SimulatedDriver(host));
  private EventTopic topic;
  private RunningInbox inbox;

  @BeforeEach
  void start() throws Exception {
    topic = new EventTopic();
    var lab = new Host("lab", region, "simulated", 600, driver);
    inbox = new RunningInbox(topic.kafka(), "w1", lab);
    await().atMost(PATIENCE).until(inbox.inbox()::joined);
  }

  @AfterEach
  void stop() throws Exception {
    inbox.close();
    topic.close();
  }

  @Test
  void a_record_that_nobody_can_read_is_put_aside_and_the_next_one_is_handled() throws Exception {
    topic.putBytes(Topics.INSTANCE_EVENTS, instance, new byte[] {1, 2});
    topic.send(1, creation(instance, region));

    await().atMost(PATIENCE).until(() -> topic.outcomesOf(instance).size() == 1);
    await().atMost(PATIENCE).until(() -> letters().size() == 1);
    var letter = letters().getFirst();
    assertThat(letter.topic()).isEqualTo(Topics.INSTANCE_EVENTS);
    assertThat(letter.value()).isEqualTo("AQI=");
    assertThat(letter.reason()).contains("is not a CloudEvent");
    assertThat(letter.tries()).isEqualTo(1);
  }

  @Test
  void what_fails_again_and_again_is_put_aside_and_done_when_it_is_put_back() throws Exception {
    var creation = running();
    driver.failNext(3);
    topic.send(2, expired(creation));
    await().atMost(PATIENCE).until(() -> letters().size() == 1);
    var letter = letters().getFirst();
    assertThat(letter.reason()).isEqualTo("tried 3 times: out of order");
    assertThat(letter.tries()).isEqualTo(3);

    retry(letter);

    await().atMost(PATIENCE).until(() -> host.journal().contains(new Entry(instance, 2, "clear")));
  }

  @Test
  void an_error_is_put_aside_too_and_what_comes_after_it_is_handled() throws Exception {
    var creation = running();
    driver.failNext(3, () -> new NoClassDefFoundError("dev/muster/Missing"));
    topic.send(2, expired(creation));
    topic.send(3, creation(instance, region));

    await().atMost(PATIENCE).until(() -> letters().size() == 1);
    assertThat(letters().getFirst().reason()).contains("dev/muster/Missing");
    await().atMost(PATIENCE).until(() -> host.journal().contains(new Entry(instance, 3, "start")));
    await().atMost(PATIENCE).until(() -> inbox.inbox().holding().tasks() == 0);
  }

  @Test
  void what_fails_when_it_is_put_back_is_the_same_letter_with_more_tries() throws Exception {
    var creation = running();
    driver.failNext(6);
    topic.send(2, expired(creation));
    await().atMost(PATIENCE).until(() -> letters().size() == 1);
    var letter = letters().getFirst();

    retry(letter);

    await().atMost(PATIENCE).until(() -> letters().getFirst().tries() == 6);
    assertThat(letters()).hasSize(1);
    assertThat(letters().getFirst().value()).isEqualTo(letter.value());
  }

  @Test
  void a_letter_of_another_reader_is_left_to_it() throws Exception {
    var other = letter("worker-elsewhere");
    retry(other);
    topic.putBytes(Topics.DEAD_LETTER_RETRIES, "junk", new byte[] {1});
    retry(letter("worker-" + region));

    await().atMost(PATIENCE).until(() -> letters().size() == 1);
    assertThat(topic.newest(Topics.DEAD_LETTERS, DeadLetter.class)).doesNotContainKey(other.id());
  }

  private DeadLetter letter(String reader) {
    var id = DeadLetter.idOf(reader, Topics.INSTANCE_EVENTS, 0, 0);
    return new DeadLetter(
        id,
        reader,
        Topics.INSTANCE_EVENTS,
        0,
        0,
        instance,
        Map.of(),
        "AQI=",
        "poison",
        1,
        Instant.EPOCH);
  }

  private CreationRequested running() throws Exception {
    var creation = creation(instance, region);
    topic.send(1, creation);
    await().atMost(PATIENCE).until(() -> topic.outcomesOf(instance).size() == 1);
    return creation;
  }

  private void retry(DeadLetter letter) throws Exception {
    topic.put(Topics.DEAD_LETTER_RETRIES, letter.id(), letter);
  }

  private List<DeadLetter> letters() {
    return topic.newest(Topics.DEAD_LETTERS, DeadLetter.class).values().stream()
        .filter(letter -> letter.reader().equals("worker-" + region))
        .filter(letter -> instance.equals(letter.key()))
        .toList();
  }
}
