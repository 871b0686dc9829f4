package dev.muster.query.instance.current;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.events.envelope.RecordedEvent;
import dev.muster.events.instance.InstanceSpec;
import dev.muster.infrastructure.EmbeddedKafka;
import dev.muster.infrastructure.MongoWireServer;
import dev.muster.query.RunningQueryService;
import dev.muster.query.Story;
import dev.muster.query.Topic;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** What a page costs, for {@code benchmarks/lists.sh}. */
@EnabledIfSystemProperty(named = "muster.test.lists", matches = "[0-9]+")
class ListCostTest {

  private static final Pattern NEXT = Pattern.compile("<(.+)>; rel=\"next\"");
  private static final String LIST = "/api/instances?limit=10";
  private static final int FEW = 100;
  private static final int TIMES = 60;

  @TempDir Path folder;

  @Test
  void pages_of_few_and_of_many() throws Exception {
    var few = cost(FEW, 5);
    var many = cost(Integer.getInteger("muster.test.lists", FEW), 500);

    many.forEach(
        (what, millis) ->
            System.out.printf(
                "list of few and of many, %s: %.2f ms, %.2f ms, %.1fx%n",
                what, few.get(what), millis, millis / Objects.requireNonNull(few.get(what))));
    assertThat(many).hasSameSizeAs(few);
  }

  private Map<String, Double> cost(int instances, int page) throws Exception {
    try (var kafka = EmbeddedKafka.start(folder.resolve("kafka-" + instances), 0);
        var mongo = MongoWireServer.start(0);
        var topic = Topic.at(kafka.bootstrapServers())) {
      fill(topic, instances);
      try (var service = RunningQueryService.start(kafka.bootstrapServers(), mongo.uri("lists"))) {
        await()
            .atMost(Duration.ofMinutes(10))
            .pollInterval(Duration.ofMillis(500))
            .until(() -> service.status("/healthz") == 200);
        var millis = new LinkedHashMap<String, Double>();
        millis.put("first page", median(service, LIST));
        millis.put("a page far down", median(service, pageAt(service, page)));
        millis.put("status=paused", median(service, LIST + "&status=paused"));
        millis.put("region=eu-west-1", median(service, LIST + "&region=eu-west-1"));
        millis.put("name=rare-", median(service, LIST + "&name=rare-"));
        return millis;
      }
    }
  }

  /** A tenth is paused, a tenth is elsewhere, and one in fifty has a rare name. */
  private static void fill(Topic topic, int instances) {
    var waiting = new ArrayList<RecordedEvent>();
    for (int i = 0; i < instances; i++) {
      var name = (i % 50 == 0 ? "rare-" : "bot-") + i;
      var region = i % 10 == 1 ? "eu-west-1" : "us-east-1";
      var story = Story.of(InstanceSpec.bot(name, region)).started();
      waiting.addAll((i % 10 == 2 ? story.pauseRequested().paused() : story).events());
      if (waiting.size() > 1_000 || i == instances - 1) {
        topic.tell(waiting);
        waiting.clear();
      }
    }
  }

  private static String pageAt(RunningQueryService service, int number) {
    var next = LIST;
    for (int i = 1; i < number; i++) {
      var link = NEXT.matcher(service.get(next).headers().firstValue("Link").orElseThrow());
      assertThat(link.matches()).isTrue();
      next = link.group(1);
    }
    return next;
  }

  private static double median(RunningQueryService service, String path) {
    var nanos = new long[TIMES];
    for (int i = -20; i < TIMES; i++) {
      var begun = System.nanoTime();
      assertThat(service.get(path).statusCode()).isEqualTo(200);
      if (i >= 0) {
        nanos[i] = System.nanoTime() - begun;
      }
    }
    Arrays.sort(nanos);
    return nanos[TIMES / 2] / 1e6;
  }
}
