package dev.muster.kafka.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.events.kafka.KafkaClients;
import dev.muster.kafka.TestTopic;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a feed promises a store, on a real broker. */
class ProjectionFeedTest {

  private final Store store = new Store();
  private final List<TestFeed> feeds = new ArrayList<>();
  private TestTopic topic;

  @BeforeEach
  void begin() throws Exception {
    topic = new TestTopic(1);
  }

  @AfterEach
  void end() {
    feeds.forEach(TestFeed::stop);
    topic.close();
  }

  @Test
  void records_are_written_in_order_and_the_position_after_them() throws Exception {
    topic.write("a", "1");
    var feed = start();
    topic.write("a", "2");

    await().until(() -> store.position(0) == 2);

    assertThat(store.rows()).containsExactly("1", "2");
    assertThat(feed.initialLoad().missing()).isEmpty();
    assertThat(feed.newest()).isEqualTo(1);
  }

  @Test
  void one_that_begins_again_goes_on_from_where_the_store_is() throws Exception {
    topic.write("a", "1");
    var first = start();
    await().until(() -> store.position(0) == 1);
    first.stop();
    topic.write("a", "2");

    start();

    await().until(() -> store.position(0) == 2);
    assertThat(store.rows()).containsExactly("1", "2");
  }

  @Test
  void a_store_that_refuses_gets_everything_when_it_is_back() throws Exception {
    store.refuse(true);
    var feed = start();
    topic.write("a", "1");
    await().until(() -> store.refusals() >= 2);
    assertThat(feed.initialLoad().missing()).contains("the read store does not answer");

    store.refuse(false);

    await().until(() -> store.position(0) == 1);
    assertThat(store.rows()).containsExactly("1");
    await().until(() -> feed.initialLoad().missing().isEmpty());
    assertThat(feed.loop().failures()).as("the job has held").isZero();
  }

  @Test
  void a_store_that_comes_back_empty_is_filled_again() throws Exception {
    start();
    topic.write("a", "1");
    await().until(() -> store.position(0) == 1);

    store.lose();
    topic.write("a", "2");

    await().until(() -> store.position(0) == 2);
    assertThat(store.rows()).containsExactly("1", "2");
  }

  @Test
  void a_store_that_comes_back_older_is_found_out_though_nothing_is_written() throws Exception {
    start();
    topic.write("a", "1");
    topic.write("a", "2");
    await().until(() -> store.position(0) == 2);

    store.goBack();

    await().until(() -> store.position(0) == 2);
    assertThat(store.rows()).containsExactly("1", "2");
  }

  @Test
  void a_partition_that_cannot_go_on_stands_still_until_it_can() throws Exception {
    store.faultAt("2");
    start();
    topic.write("a", "1");
    await().until(() -> store.position(0) == 1);
    topic.write("a", "2");
    await().until(() -> store.faults() >= 2);
    assertThat(store.position(0)).isEqualTo(1);

    store.faultAt("");

    await().until(() -> store.position(0) == 2);
    assertThat(store.rows()).containsExactly("1", "2");
  }

  @Test
  void what_is_no_refusal_begins_the_job_again() throws Exception {
    store.breakAt("1");
    var feed = start();
    topic.write("a", "1");
    await().until(() -> feed.loop().failures() > 0);

    store.breakAt("");

    await().until(() -> store.position(0) == 1);
    assertThat(store.rows()).containsExactly("1");
  }

  private TestFeed start() {
    var feed = new TestFeed(topic, store);
    feeds.add(feed);
    feed.start();
    return feed;
  }

  private static final class TestFeed extends ProjectionFeed {

    TestFeed(TestTopic topic, Store store) {
      this(topic.kafka(), topic.name(), store);
    }

    private TestFeed(KafkaClients kafka, String topic, Store store) {
      super(kafka, topic, topic, "test", store, store, new SimpleMeterRegistry());
    }
  }

  /** In memory: positions, and the values of records by their offsets. */
  private static final class Store implements PositionStore, Projection {

    private final Map<Integer, Position> positions = new TreeMap<>();
    private final TreeMap<Long, String> rows = new TreeMap<>();
    private boolean refuses;
    private int refusals;
    private int faults;
    private String faultAt = "";
    private String breakAt = "";

    synchronized long position(int partition) {
      var position = positions.get(partition);
      return position == null ? -1 : position.next();
    }

    synchronized Collection<String> rows() {
      return List.copyOf(rows.values());
    }

    synchronized int refusals() {
      return refusals;
    }

    synchronized int faults() {
      return faults;
    }

    synchronized void refuse(boolean now) {
      refuses = now;
    }

    synchronized void faultAt(String value) {
      faultAt = value;
    }

    synchronized void breakAt(String value) {
      breakAt = value;
    }

    synchronized void lose() {
      positions.clear();
      rows.clear();
    }

    /** By its newest record. */
    synchronized void goBack() {
      rows.pollLastEntry();
      positions.replaceAll((_, now) -> now.at(now.next() - 1, now.newest() - 1));
    }

    @Override
    public synchronized Collection<Position> claim(Map<Integer, Long> ends) {
      answer();
      var claimed = new ArrayList<Position>();
      for (var partition : ends.keySet()) {
        var owner = UUID.randomUUID().toString();
        var known = positions.get(partition);
        claimed.add(
            known == null ? Position.beginning(partition, "1", owner) : known.ownedBy(owner));
      }
      claimed.forEach(position -> positions.put(position.partition(), position));
      return claimed;
    }

    @Override
    public synchronized Collection<Position> all() {
      answer();
      return List.copyOf(positions.values());
    }

    @Override
    public synchronized void requireHeld(Collection<Position> held) {
      answer();
      if (!positions.values().containsAll(held)) {
        throw new PositionLostException("not held");
      }
    }

    @Override
    public synchronized void advance(Map<Position, Position> steps) {
      requireHeld(steps.keySet());
      steps.values().forEach(position -> positions.put(position.partition(), position));
    }

    @Override
    public boolean isRefusal(RuntimeException failure) {
      return failure instanceof IllegalStateException;
    }

    @Override
    public String whatToCheck() {
      return "look at the test";
    }

    @Override
    public synchronized ProjectedBatch prepare(List<PartitionRecords> parts) {
      var newest = new HashMap<Integer, Long>();
      var faulty = new HashMap<Integer, String>();
      var found = new HashMap<Long, String>();
      for (var part : parts) {
        for (var record : part.records()) {
          var value = new String(record.value());
          if (value.equals(breakAt)) {
            throw new IllegalArgumentException("a record that breaks the projection");
          }
          if (value.equals(faultAt)) {
            faults++;
            faulty.put(part.partition(), "a hole in its history");
          }
          found.put(record.offset(), value);
        }
        newest.put(part.partition(), last(part.records()));
      }
      newest.keySet().removeAll(faulty.keySet());
      return new Batching(newest, faulty, found);
    }

    private static long last(List<ConsumerRecord<String, byte[]>> records) {
      return records.getLast().offset();
    }

    private void answer() {
      if (refuses) {
        refusals++;
        throw new IllegalStateException("the store is away");
      }
    }

    private synchronized void write(Map<Long, String> found) {
      answer();
      rows.putAll(found);
    }

    private final class Batching implements ProjectedBatch {

      private final Map<Integer, Long> newest;
      private final Map<Integer, String> faulty;
      private final Map<Long, String> found;

      Batching(Map<Integer, Long> newest, Map<Integer, String> faulty, Map<Long, String> found) {
        this.newest = newest;
        this.faulty = faulty;
        this.found = found;
      }

      @Override
      public Map<Integer, Long> newest() {
        return newest;
      }

      @Override
      public Map<Integer, String> faults() {
        return faulty;
      }

      @Override
      public void write() {
        Store.this.write(found);
      }
    }
  }
}
