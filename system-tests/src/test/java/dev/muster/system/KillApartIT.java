package dev.muster.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each part is killed, and each service restarted, while clients send commands. */
class KillApartIT {

  private static final int CLIENTS = 4;
  private static final int BEFORE = 30;
  private static final int AFTER = 30;
  private static final int BETWEEN = 10;

  @TempDir static Path data;
  private static Apart apart;

  enum Victim {
    COMMAND,
    QUERY,
    WORKER,
    POSTGRESQL,
    BROKER_AND_READ_STORE
  }

  @BeforeAll
  static void up() throws Exception {
    apart = Apart.start(data);
  }

  /** Once for all that was killed: the log is one, and has what was sealed before and after. */
  @AfterAll
  static void the_audit_log_has_it_all_and_proves_itself() throws Exception {
    try (var last = apart) {
      new Auditor(last.api()).check();
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatever_is_killed_nothing_acknowledged_is_lost_or_done_twice(Victim victim)
      throws Exception {
    try (var load = Load.patient(apart.api(), CLIENTS)) {
      awaitAcknowledged(load, BEFORE);

      kill(victim);

      awaitAcknowledged(load, load.acknowledged.size() + AFTER);
      load.close();
      apart.services().forEach(ServiceProcess::awaitReady);
      Aftermath.check(apart.api(), load.acknowledged, data);
    }
  }

  @Test
  void a_rolling_restart_of_every_service_loses_no_command_and_fails_no_read_and_no_log_follow()
      throws Exception {
    try (var log = FollowedLog.start(apart);
        var load = Load.patient(apart.api(), CLIENTS)) {
      for (var service : apart.services().toList()) {
        awaitAcknowledged(load, load.acknowledged.size() + BETWEEN);
        assertThat(service.stop()).as(service.output()).isZero();
        service.startAgain();
        service.awaitReady();
      }
      load.close();
      assertThat(load.failedReads).isEmpty();
      log.awaitMore();
      var lines = log.lines();
      assertThat(lines).isEqualTo(FollowedLog.counted(lines.size()));
      Aftermath.check(apart.api(), load.acknowledged, data);
    }
  }

  private static void awaitAcknowledged(Load load, int enough) {
    await().atMost(Duration.ofMinutes(2)).until(() -> load.acknowledged.size() >= enough);
  }

  /** And start again what does not come back by itself; others carry on meanwhile. */
  private static void kill(Victim victim) throws Exception {
    switch (victim) {
      case COMMAND -> killAndStart(apart.commands.getFirst());
      case QUERY -> killAndStart(apart.queries.getFirst());
      case WORKER -> killAndStart(apart.workers.getFirst());
      case POSTGRESQL -> {
        var pidFile = data.resolve("postgresql/cluster/postmaster.pid");
        long pid = Long.parseLong(Files.readAllLines(pidFile).getFirst());
        assertThat(ProcessHandle.of(pid).orElseThrow().destroyForcibly()).isTrue();
      }
      case BROKER_AND_READ_STORE -> {
        apart.infra.kill();
        apart.infra.startAgain();
      }
    }
  }

  private static void killAndStart(ServiceProcess service) throws Exception {
    service.kill();
    service.startAgain();
  }
}
