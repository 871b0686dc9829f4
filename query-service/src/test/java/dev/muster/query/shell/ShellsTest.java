package dev.muster.query.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.events.codec.Json;
import dev.muster.events.host.HostAnnouncement;
import dev.muster.events.instance.InstanceSpec;
import dev.muster.events.kafka.Topics;
import dev.muster.events.worker.ShellAddress;
import dev.muster.events.worker.ShellTicket;
import dev.muster.events.worker.WorkerReport;
import dev.muster.infrastructure.TestServers;
import dev.muster.query.QuerySide;
import dev.muster.query.Story;
import dev.muster.query.Topic;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** The way into an instance, as it is told over HTTP and to the worker. */
class ShellsTest {

  @RegisterExtension static final QuerySide SIDE = new QuerySide("shells", 1);

  private static final ShellAddress ADDRESS =
      new ShellAddress("box-1.example", 2222, "SHA256:uNiVztksCsDhcc0u9e8BrrcQvkF3WQBzY5H8oJFXcfE");

  private final String region = "r-" + UUID.randomUUID();
  private final String worker = "w-" + region;

  @Test
  void the_answer_is_all_that_ssh_needs_and_the_worker_hears_of_it() {
    var story = running();
    report(worker, ADDRESS, false, Instant.now());

    var answer = await().until(() -> ssh(story), ok -> ok.statusCode() == 200);

    var shell = JsonMapper.shared().readTree(answer.body());
    var user = shell.path("user").asString();
    assertThat(user).matches(story.id() + "\\.[0-9a-f]{40}");
    assertThat(shell.propertyNames())
        .containsExactly("host", "port", "user", "command", "host_key_fingerprint");
    assertThat(shell.path("command").asString())
        .isEqualTo("ssh -p 2222 " + user + "@box-1.example");
    assertThat(shell.path("host_key_fingerprint").asString()).isEqualTo(ADDRESS.fingerprint());
    assertThat(answer.headers().allValues("Cache-Control")).containsExactly("no-store");

    var ticket = tickets(story).getLast();
    assertThat(ticket.hash()).isEqualTo(Tickets.hash(user.substring(user.indexOf('.') + 1)));
    assertThat(ticket.worker()).isEqualTo(worker);
    assertThat(ticket.requestId()).isEqualTo(answer.headers().firstValue("X-Request-Id").get());
    assertThat(ticket.expiresAt()).isBetween(Instant.now(), Instant.now().plus(Tickets.GOOD_FOR));
  }

  @Test
  void each_answer_has_a_ticket_of_its_own_and_a_head_has_none() {
    var story = running();
    report(worker, ADDRESS, false, Instant.now());
    await().until(() -> ssh(story).statusCode() == 200);
    int before = tickets(story).size();

    var head = SIDE.service().send("HEAD", path(story));
    ssh(story);
    ssh(story);

    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(tickets(story)).hasSize(before + 2);
    assertThat(tickets(story)).extracting(ShellTicket::hash).doesNotHaveDuplicates();
  }

  @Test
  void what_does_not_run_has_no_shell() {
    var creating = Story.of(InstanceSpec.bot("x", region));
    var paused = running().pauseRequested().paused();
    var stopped = running().deletionRequested().terminated();
    var failed = running().died("gone");
    tell(creating, paused, stopped, failed);

    assertConflict(ssh(creating), "status creating does not allow a shell; it takes running");
    assertConflict(ssh(paused), "status paused does not allow a shell; it takes running");
    assertConflict(ssh(stopped), "status stopped does not allow a shell; it takes running");
    assertConflict(ssh(failed), "status error does not allow a shell; it takes running");
  }

  @Test
  void a_simulated_host_has_no_shell() {
    var story = running();
    report(worker, ADDRESS, false, Instant.now());
    announce("simulated");
    try {
      await().until(() -> ssh(story).statusCode() == 409);
      assertConflict(ssh(story), "host box-1 is simulated, and has no shell");
    } finally {
      announce("process");
    }
    await().until(() -> ssh(story).statusCode() == 200);
  }

  @Test
  void without_a_live_worker_that_opens_shells_it_is_503() {
    var story = running();
    report("dead-" + region, ADDRESS, false, Instant.now().minusSeconds(11));
    report("without-" + region, null, false, Instant.now());
    awaitReport("without-" + region);

    var answer = ssh(story);

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    assertThat(answer.body()).contains("no live worker of region " + region);
    assertThat(tickets(story)).isEmpty();
  }

  @Test
  void a_worker_that_drains_is_the_last_choice() {
    var story = running();
    report("draining-" + region, ADDRESS, true, Instant.now());
    await().until(() -> ssh(story).statusCode() == 200);
    report(worker, new ShellAddress("other", 7, "SHA256:x"), false, Instant.now());
    awaitReport(worker);

    for (int i = 0; i < 5; i++) {
      assertThat(ssh(story).body()).contains("\"host\":\"other\"");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"inst_none", "%20", "inst_%F0%9F%98%80", "..%2e"})
  void what_is_not_there_is_404(String id) {
    assertThat(SIDE.service().status("/api/instances/" + id + "/ssh")).isEqualTo(404);
  }

  private Story running() {
    var story = Story.of(InstanceSpec.bot("x", region)).started();
    tell(story);
    return story;
  }

  private static void tell(Story... stories) {
    SIDE.topic().tell(stories);
    SIDE.service().awaitAll(stories);
  }

  private void report(String name, @Nullable ShellAddress shell, boolean draining, Instant at) {
    var report =
        new WorkerReport(
            name,
            "i",
            "dev",
            List.of(region),
            0,
            0,
            0,
            0,
            draining,
            shell,
            at.minusSeconds(9),
            at,
            null);
    SIDE.topic().raw(Topics.WORKERS, name, Json.write(report));
  }

  private static void awaitReport(String name) {
    await().until(() -> SIDE.service().get("/api/workers").body().contains(name));
  }

  private static void announce(String driver) {
    var host = new HostAnnouncement("box-1", "anywhere", driver, 1, "w1", Instant.now(), null);
    SIDE.topic().raw(Topics.HOSTS, host.name(), Json.write(host));
  }

  private static void assertConflict(HttpResponse<String> answer, String detail) {
    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(answer.body()).contains("/problems/conflict", "\"" + detail + "\"");
  }

  private static HttpResponse<String> ssh(Story story) {
    return SIDE.service().get(path(story));
  }

  private static String path(Story story) {
    return "/api/instances/" + story.id() + "/ssh";
  }

  private static List<ShellTicket> tickets(Story story) {
    var found = new ArrayList<ShellTicket>();
    try (var reader = Topic.clients(TestServers.shared().kafka()).reader("test-tickets")) {
      var only = new TopicPartition(Topics.SHELL_TICKETS, 0);
      reader.assign(List.of(only));
      reader.seekToBeginning(List.of(only));
      long end = reader.endOffsets(List.of(only)).getOrDefault(only, 0L);
      while (reader.position(only) < end) {
        for (var record : reader.poll(Duration.ofMillis(100))) {
          if (story.id().equals(record.key())) {
            found.add(Json.read(record.value(), ShellTicket.class));
          }
        }
      }
    }
    return found;
  }
}
