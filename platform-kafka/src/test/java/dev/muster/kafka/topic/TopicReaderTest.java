package dev.muster.kafka.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.muster.kafka.TestTopic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a reader of whole topics promises, on a real broker. */
class TopicReaderTest {

  private TestTopic topic;
  private Listener listener;
  private TopicReader reader;
  private final AtomicBoolean stopping = new AtomicBoolean();

  @BeforeEach
  void begin() throws Exception {
    topic = new TestTopic(2);
    listener = new Listener(topic.name());
    reader = new TopicReader(topic.kafka(), "reader", List.of(listener));
  }

  @AfterEach
  void end() {
    stopping.set(true);
    reader.wake();
    topic.close();
  }

  @Test
  void everything_is_heard_from_the_beginning_and_as_it_comes() throws Exception {
    topic.write(0, "a", "1");
    topic.write(1, "b", "2");
    var reading = read();
    await().until(reader::isCaughtUp);
    assertThat(listener.heard).containsExactlyInAnyOrder("1", "2");
    assertThat(listener.caughtUp).isTrue();

    topic.write(0, "a", "3");
    await().until(() -> listener.heard.contains("3"));

    assertThat(listener.newOnes).containsExactly("3");
    stop(reading);
  }

  @Test
  void it_stops_at_once_when_it_is_woken() throws Exception {
    var reading = read();
    await().until(reader::isCaughtUp);

    stop(reading);

    assertThat(reader.wake()).isFalse();
  }

  @Test
  void after_a_failure_it_goes_on_where_it_was() throws Exception {
    topic.write(0, "a", "1");
    listener.breaksAt = "2";
    listener.leavesOut = false;
    var reading = read();
    await().until(reader::isCaughtUp);

    topic.write(0, "a", "2");
    assertThatThrownBy(reading::get)
        .isInstanceOf(ExecutionException.class)
        .hasRootCauseMessage("as the test wants it");
    listener.breaksAt = "";
    var again = read();

    await().until(() -> listener.heard.contains("2"));
    assertThat(listener.heard).containsExactly("1", "2");
    stop(again);
  }

  @Test
  void a_record_that_makes_no_sense_is_left_out_and_the_next_is_heard() throws Exception {
    listener.breaksAt = "1";
    topic.write(0, "a", "1");
    topic.write(0, "a", "2");

    assertOnlyTheSecondIsHeard();
  }

  @Test
  void what_is_skipped_is_never_heard() throws Exception {
    topic.write(0, "a", "1");
    reader.skipToEnd();
    topic.write(0, "a", "2");

    assertOnlyTheSecondIsHeard();
  }

  private void assertOnlyTheSecondIsHeard() throws Exception {
    var reading = read();

    await().until(() -> listener.heard.contains("2"));
    assertThat(listener.heard).containsExactly("2");
    stop(reading);
  }

  @Test
  void nothing_can_be_skipped_of_a_topic_that_is_not_there() throws Exception {
    topic.delete();

    assertThatThrownBy(reader::skipToEnd).isInstanceOf(KafkaException.class);
  }

  @Test
  void it_returns_while_a_topic_is_not_there_or_a_listener_does_not_want_to_begin()
      throws Exception {
    listener.mayBegin = false;
    topic.write(0, "a", "1");

    reader.read(() -> true);

    assertThat(listener.heard).isEmpty();
    topic.delete();
    listener.mayBegin = true;

    reader.read(() -> true);

    assertThat(listener.heard).isEmpty();
  }

  @Test
  void a_topic_that_was_made_anew_is_cleared_and_read_again() throws Exception {
    topic.write(0, "a", "1");
    topic.write(0, "a", "2");
    stop(readUntil("2"));
    topic.delete();
    topic.make(2);
    topic.write(0, "a", "3");

    var reading = readUntil("3");

    assertThat(listener.heard).containsExactly("cleared", "3");
    stop(reading);
  }

  @Test
  void whoever_waits_for_an_end_is_told_when_it_was_read() throws Exception {
    var partition = new TopicPartition(topic.name(), 0);
    var reading = read();
    await().until(reader::isCaughtUp);
    topic.write(0, "a", "1");

    assertThat(reader.await(Map.of(partition, 1L), Duration.ofMinutes(1))).isTrue();
    assertThat(listener.heard).containsExactly("1");
    assertThat(reader.partitionsOf(topic.name())).contains(partition);
    assertThat(reader.await(Map.of(partition, 2L), Duration.ofMillis(1))).isFalse();
    stop(reading);
  }

  @Test
  void a_single_record_is_found_by_its_place() throws Exception {
    topic.write(0, "a", "1");
    topic.write(0, "a", "2");
    var lookup = new RecordLookup(topic.kafka(), "lookup");

    var found = lookup.find(new TopicPartition(topic.name(), 0), 1).orElseThrow();

    assertThat(new String(found.value())).isEqualTo("2");
  }

  @Test
  void contents_are_what_is_there_now() throws Exception {
    topic.write(0, "a", "1");
    topic.write(1, "b", "2");
    var found = new CopyOnWriteArrayList<String>();

    TopicContents.read(
        topic.kafka(), "contents", topic.name(), record -> found.add(new String(record.value())));

    assertThat(found).containsExactlyInAnyOrder("1", "2");
  }

  private CompletableFuture<Void> read() {
    stopping.set(false);
    return CompletableFuture.runAsync(
        () -> {
          try {
            reader.read(() -> !stopping.get());
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        },
        Thread::startVirtualThread);
  }

  private CompletableFuture<Void> readUntil(String value) {
    var reading = read();
    await().until(() -> listener.heard.contains(value));
    return reading;
  }

  private void stop(CompletableFuture<Void> reading) {
    stopping.set(true);
    reader.wake();
    reading.join();
  }

  private final class Listener implements TopicListener {

    private final String name;
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final List<String> newOnes = new CopyOnWriteArrayList<>();
    private final AtomicBoolean caughtUp = new AtomicBoolean();
    private volatile String breaksAt = "";
    private volatile boolean leavesOut = true;
    private volatile boolean mayBegin = true;

    Listener(String name) {
      this.name = name;
    }

    @Override
    public String topic() {
      return name;
    }

    @Override
    public void take(ConsumerRecord<String, byte[]> record) {
      var value = new String(record.value());
      if (value.equals(breaksAt)) {
        throw new IllegalStateException("as the test wants it");
      }
      heard.add(value);
      if (reader.isNew(record)) {
        newOnes.add(value);
      }
    }

    @Override
    public boolean leavesOut(RuntimeException failure) {
      return leavesOut;
    }

    @Override
    public boolean mayBegin(Consumer<String, byte[]> consumer) {
      return mayBegin;
    }

    @Override
    public void caughtUp() {
      caughtUp.set(true);
    }

    @Override
    public void clear() {
      heard.clear();
      heard.add("cleared");
    }
  }
}
