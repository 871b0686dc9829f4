package dev.muster.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A service that cannot start says why, a line for each reason, with exit status 1. */
class ServiceStartIT {

  private static final String SETTINGS =
      """
      MUSTER_POSTGRESQL_URL=jdbc:postgresql://127.0.0.1:1/muster
      MUSTER_KAFKA_BOOTSTRAP_SERVERS=127.0.0.1:1
      MUSTER_MONGODB_URI=mongodb://127.0.0.1:1/muster
      MUSTER_API_KEY=a-key-that-is-long-enough
      MUSTER_AUDIT_KEY=example.com/test+AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=
      MUSTER_RECORDS_SECRET=AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=
      """;

  @TempDir Path folder;

  @Test
  void an_env_file_that_is_missing_half_written_or_readable_by_others() throws Exception {
    var missing = folder.resolve("none.env");
    assertThat(failure("worker", "--env", missing.toString()))
        .containsExactly("muster: the env file %s does not exist".formatted(missing));
    var half = env(SETTINGS.strip());
    assertThat(failure("query", "--env", half.toString()))
        .containsExactly(
            "muster: the env file %s is half-written: its end is missing; write it again"
                .formatted(half));
    var open = env(SETTINGS);
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(failure("command", "--env", open.toString()))
        .containsExactly(
            "muster: the env file %s can be read by others: chmod 600 %s".formatted(open, open));
  }

  @ParameterizedTest
  @CsvSource({
    "command, muster.postgresql.url, muster.kafka.bootstrap-servers, muster.api-key",
    "query, muster.mongodb.uri, muster.kafka.bootstrap-servers, muster.api-key",
    "worker, muster.kafka.bootstrap-servers, muster.kafka.bootstrap-servers, ''",
  })
  void settings_that_are_missing_are_named_at_once(
      String service, String first, String second, String third) throws Exception {
    assertThat(String.join("\n", failure(service))).contains(first, second, third);
  }

  @ParameterizedTest
  @CsvSource({
    "command, MUSTER_POSTGRESQL_URL=oracle, muster.postgresql.url",
    "command, MUSTER_AUDIT_KEY=nobody, muster.audit.key cannot be used",
    "command, MUSTER_RECORDS_SECRET=c2hvcnQ=, muster.records.secret (MUSTER_RECORDS_SECRET) has 5",
    "query, MUSTER_RECORDS_SECRET=secret!, (MUSTER_RECORDS_SECRET) is not base64: it takes 32",
    "worker, MUSTER_RECORDS_SECRET=, make one with: head -c 32 /dev/urandom | base64",
    "command, MUSTER_KAFKA_PARTITIONS=0, muster.kafka.partitions is 0",
    "query, MUSTER_MONGODB_URI=postgres, muster.mongodb.uri makes no sense",
    "query, MUSTER_KAFKA_PARTITIONS=many, muster.kafka.partitions",
    "query, MUSTER_LOG_LEVEL=loud, muster.log-level is 'LOUD'",
    "query, MUSTER_OPS_ADDRESS=no.such.address.invalid, muster.ops.address",
    "worker, MUSTER_WORKER_NAME=a b, muster.worker.name is 'a b'",
    "worker, MUSTER_HEALTH_INTERVAL=1ms, muster.health-interval",
  })
  void a_setting_that_makes_no_sense_is_named(String service, String line, String why)
      throws Exception {
    assertThat(failure(service, "--env", env(SETTINGS + line + "\n").toString()))
        .singleElement()
        .asString()
        .contains(why);
  }

  @ParameterizedTest
  @CsvSource({
    "command, --port",
    "query, --port",
    "worker, --ops-port",
    "command, --ops-port",
  })
  void a_port_that_is_taken_is_named_with_its_option(String service, String option)
      throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(
              failure(
                  service, "--env", env(SETTINGS).toString(), option, "" + taken.getLocalPort()))
          .singleElement()
          .asString()
          .contains("port " + taken.getLocalPort())
          .endsWith("choose another with " + option);
    }
  }

  private Path env(String text) throws Exception {
    var file = folder.resolve("infra.env");
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    return file;
  }

  /** What it says to whoever started it, which is all that it says. */
  private static List<String> failure(String service, String... options) throws Exception {
    var arguments = new ArrayList<>(List.of(options));
    if (!arguments.contains("--ops-port")) {
      arguments.addAll(List.of("--ops-port", "0"));
    }
    if (!arguments.contains("--port") && !service.equals("worker")) {
      arguments.addAll(List.of("--port", "0"));
    }
    var jvm = ServiceProcess.launch(service, arguments);
    assertThat(jvm.exitStatus()).isEqualTo(1);
    var lines = jvm.output().lines().toList();
    jvm.forget();
    assertThat(lines).allMatch(line -> line.startsWith("muster: "));
    return lines;
  }
}
