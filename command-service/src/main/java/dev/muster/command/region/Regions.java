package dev.muster.command.region;

import static java.util.Comparator.comparingDouble;

import dev.muster.command.topic.Recency;
import dev.muster.command.worker.ReportedWorkers;
import dev.muster.events.codec.Json;
import dev.muster.events.host.HostAnnouncement;
import dev.muster.events.instance.Limits;
import dev.muster.events.kafka.KafkaClients;
import dev.muster.events.kafka.Topics;
import dev.muster.kafka.topic.TopicReaderJob;
import dev.muster.ops.ready.ReadinessCheck;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.stereotype.Component;

/** The regions that have a host, as the workers announce them, and who acts for them. */
@Component
public final class Regions extends TopicReaderJob implements ReadinessCheck {

  private final ReportedWorkers workers;
  private final Recency recency;
  private final Map<String, Announced> hosts = new ConcurrentHashMap<>();

  /** An announcement, and when it was heard. */
  private record Announced(HostAnnouncement host, long mark) {}

  Regions(KafkaClients kafka, ReportedWorkers workers, Recency recency) {
    super(kafka, Topics.HOSTS, "host-reader");
    this.workers = workers;
    this.recency = recency;
  }

  /** In alphabetical order; empty as long as no worker has announced a host. */
  public SortedSet<String> served() {
    return known().map(HostAnnouncement::region).collect(Collectors.toCollection(TreeSet::new));
  }

  /**
   * Which of those no host of the region can honour; when each can be honoured, but by no one host,
   * all of them. None when a host does not say what it can.
   */
  public List<String> notHonoured(String region, Collection<String> wanted) {
    var offers = known().filter(host -> host.region().equals(region)).toList();
    if (offers.stream().anyMatch(host -> honours(host, wanted))) {
      return List.of();
    }
    var nowhere =
        wanted.stream()
            .filter(each -> offers.stream().noneMatch(host -> honours(host, List.of(each))))
            .toList();
    return nowhere.isEmpty() ? List.copyOf(wanted) : nowhere;
  }

  /** Of those bounds, each that every host of the region refuses as too high, and the highest. */
  public Map<String, Number> tooHigh(String region, Limits limits) {
    var found = new TreeMap<String, Number>();
    limits
        .bounds()
        .forEach(
            (name, bound) ->
                highest(region, name)
                    .filter(most -> bound.doubleValue() > most.doubleValue())
                    .ifPresent(most -> found.put(name, most)));
    return found;
  }

  // None when a host of the region has none.
  private Optional<Number> highest(String region, String name) {
    var bounds =
        known()
            .filter(host -> host.region().equals(region))
            .map(
                host ->
                    Optional.ofNullable(host.maximum()).map(maximum -> maximum.bounds().get(name)))
            .toList();
    return bounds.stream().allMatch(Optional::isPresent)
        ? bounds.stream().flatMap(Optional::stream).max(comparingDouble(Number::doubleValue))
        : Optional.empty();
  }

  private static boolean honours(HostAnnouncement host, Collection<String> wanted) {
    var can = host.capabilities();
    return can == null || can.containsAll(wanted);
  }

  /** Whether the announcements are known. */
  boolean isKnown() {
    return isCaughtUp();
  }

  /** Whether a worker has announced a host of that name within ten minutes. */
  boolean hasHost(String name) {
    return known().anyMatch(host -> host.name().equals(name));
  }

  private Stream<HostAnnouncement> known() {
    return hosts.values().stream()
        .filter(each -> recency.isWithin(each.mark(), HostAnnouncement.GONE_AFTER))
        .map(Announced::host);
  }

  @Override
  public String part() {
    return "regions";
  }

  /** One region that nobody acts for must not keep callers from the others. */
  @Override
  public Optional<String> missing() {
    var served = served();
    if (served.isEmpty()) {
      return Optional.of("no worker has announced a host yet");
    }
    if (!workers.isKnown()) {
      return Optional.of("the workers' reports have not been read yet");
    }
    return served.stream().anyMatch(workers::actsFor)
        ? Optional.empty()
        : Optional.of("no live worker takes work of " + String.join(", ", served));
  }

  @Override
  public void take(ConsumerRecord<String, byte[]> record) {
    if (record.value() == null) {
      hosts.remove(record.key());
    } else {
      var host = Json.read(record.value(), HostAnnouncement.class);
      hosts.put(record.key(), new Announced(host, recency.mark(host.at(), isNew(record))));
    }
  }

  @Override
  public void clear() {
    hosts.clear();
  }
}
