package dev.muster.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.events.kafka.Topics;
import dev.muster.events.kafka.UnsuitableTopicsException;
import dev.muster.infrastructure.FreePort;
import dev.muster.infrastructure.TestServers;
import dev.muster.query.store.NoReplicaSetException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Settings and servers that will not do: one clear line each. */
@ExtendWith(OutputCaptureExtension.class)
class StartTest {

  private static final String REPLICA_SET = "MongoDB at muster.mongodb.uri is not a replica set";

  private static TestServers servers;

  @BeforeAll
  static void start() throws Exception {
    servers = TestServers.shared();
    Topic.at(servers.kafka()).close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          localhost:27017          | muster.mongodb.uri makes no sense; it takes mongodb://host:port/database.
          postgresql://db/muster   | muster.mongodb.uri makes no sense; it takes mongodb://host:port/database.
          mongodb://               | muster.mongodb.uri makes no sense; it takes mongodb://host:port/database.
          mongodb://db:port/muster | muster.mongodb.uri makes no sense; it takes mongodb://host:port/database.
          mongodb://u:s3cr3t@x@y/m | muster.mongodb.uri makes no sense; it takes mongodb://host:port/database.
          ' '                      | muster.mongodb.uri is empty; it takes mongodb://host:port/database
          """)
  void an_address_that_makes_no_sense_is_one_line_without_what_it_hides(String uri, String line) {
    assertThatThrownBy(() -> RunningQueryService.start(servers.kafka(), uri))
        .rootCause()
        .message()
        .startsWith(line)
        .hasLineCount(1)
        .doesNotContain("s3cr3t");
  }

  @Test
  void a_single_server_is_used_and_warned_of_in_one_line(CapturedOutput output) {
    try (var service = startService()) {
      service.awaitReady();
      assertThat(output.getAll().lines().filter(line -> line.contains(REPLICA_SET))).hasSize(1);
    }
  }

  @Test
  void a_single_server_is_refused_when_a_replica_set_is_required() {
    assertThatThrownBy(() -> startService("muster.mongodb.require-replica-set=true"))
        .rootCause()
        .isInstanceOf(NoReplicaSetException.class)
        .hasMessage(
            REPLICA_SET
                + ": start mongod with --replSet and initiate it, or set"
                + " muster.mongodb.require-replica-set to false");
  }

  @Test
  void a_server_that_is_away_is_waited_for_whatever_is_required() {
    var nowhere = "mongodb://127.0.0.1:%d/start".formatted(FreePort.any());
    try (var service =
        RunningQueryService.start(
            servers.kafka(), nowhere, "muster.mongodb.require-replica-set=true")) {
      assertThat(service.json("/healthz").path("missing").has("read side")).isTrue();
      assertThat(service.status("/api/instances")).isEqualTo(503);
      assertThat(service.status("/api/workers")).isEqualTo(200);
    }
  }

  @Test
  void a_broker_that_is_away_is_waited_for() {
    var nowhere = "127.0.0.1:" + FreePort.any();
    try (var service = RunningQueryService.start(nowhere, servers.mongoUri("start"))) {
      assertThat(service.json("/healthz").path("missing").propertyNames())
          .containsExactlyInAnyOrder("read side", "topics in memory", "live events");
      assertThat(service.status("/api/instances")).isEqualTo(200);
    }
  }

  @Test
  void topics_that_are_not_as_they_have_to_be_end_the_start() {
    assertThatThrownBy(() -> startService("muster.kafka.partitions=9"))
        .hasRootCauseInstanceOf(UnsuitableTopicsException.class)
        .rootCause()
        .hasMessageStartingWith(
            "topic %s has 8 partitions and muster.kafka.partitions is 9", Topics.INSTANCE_EVENTS);
  }

  @Test
  void a_number_of_partitions_that_makes_no_sense_is_named() {
    assertThatThrownBy(() -> startService("muster.kafka.partitions=0"))
        .rootCause()
        .hasMessage("muster.kafka.partitions is 0; it takes 1..10000");
  }

  private static RunningQueryService startService(String... more) {
    return RunningQueryService.start(servers.kafka(), servers.mongoUri("start"), more);
  }
}
