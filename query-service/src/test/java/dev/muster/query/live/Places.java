package dev.muster.query.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.events.envelope.RecordedEvent;
import dev.muster.query.Story;
import dev.muster.query.Topic;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;

/** Gives events their places in the order of everything, as the event store would. */
final class Places {

  private static final int PARTITIONS = 8;

  private final List<RecordedEvent> all = new ArrayList<>();
  private final Random random = new Random(7);

  /** Every event so far, in order. */
  synchronized List<RecordedEvent> all() {
    return List.copyOf(all);
  }

  synchronized long newest() {
    return all.size();
  }

  /** The next events, one after the other, which belong to the stories in turn. */
  synchronized List<RecordedEvent> of(Story... stories) {
    var placed = new ArrayList<RecordedEvent>();
    var longest = Arrays.stream(stories).mapToInt(story -> story.events().size()).max().orElse(0);
    for (int i = 0; i < longest; i++) {
      for (var story : stories) {
        if (i < story.events().size()) {
          placed.add(place(story.events().get(i)));
        }
      }
    }
    return placed;
  }

  private RecordedEvent place(RecordedEvent event) {
    var placed =
        new RecordedEvent(
            event.eventId(),
            event.subject(),
            event.sequence(),
            all.size(),
            event.at(),
            event.correlation(),
            event.encoded());
    all.add(placed);
    return placed;
  }

  /** Writes them with partitions as far apart as they like: each is in order, and no more. */
  void tellApart(Topic topic, List<RecordedEvent> events) {
    Map<Integer, List<RecordedEvent>> byPartition =
        events.stream().collect(Collectors.groupingBy(Places::partition));
    var queues = new ArrayList<>(byPartition.values().stream().map(ArrayList::new).toList());
    while (!queues.isEmpty()) {
      var queue = queues.get(random.nextInt(queues.size()));
      var some = queue.subList(0, Math.min(queue.size(), 1 + random.nextInt(40)));
      topic.tell(List.copyOf(some));
      some.clear();
      queues.removeIf(List::isEmpty);
    }
  }

  private static int partition(RecordedEvent event) {
    return BuiltInPartitioner.partitionForKey(event.subject().getBytes(UTF_8), PARTITIONS);
  }
}
