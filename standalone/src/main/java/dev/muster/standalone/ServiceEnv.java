package dev.muster.standalone;

import dev.muster.events.kafka.RecordMac;
import dev.muster.ops.launch.EnvFile;
import dev.muster.ops.launch.EnvFile.Entry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.springframework.core.env.StandardEnvironment;

/** Tells services of their own where the servers of a data folder are. */
final class ServiceEnv {

  private ServiceEnv() {}

  /** Waits until all servers are up; returns the file, which only its owner can read. */
  static Path write(DataFolder data, EmbeddedServers servers, int partitions) throws IOException {
    var file = data.resolve("infra.env");
    EnvFile.write(
        file,
        List.of(
            new Entry(
                "the event store, for the command service",
                "MUSTER_POSTGRESQL_URL",
                servers.address("muster.postgresql.url")),
            new Entry(
                "who the command service is there",
                "MUSTER_POSTGRESQL_USERNAME",
                servers.address("muster.postgresql.username")),
            new Entry(
                "and its password",
                "MUSTER_POSTGRESQL_PASSWORD",
                servers.address("muster.postgresql.password")),
            new Entry(
                "the broker, for every service",
                "MUSTER_KAFKA_BOOTSTRAP_SERVERS",
                servers.address("muster.kafka.bootstrap-servers")),
            new Entry(
                "who every service is there",
                "MUSTER_KAFKA_USERNAME",
                servers.address("muster.kafka.username")),
            new Entry(
                "and its password",
                "MUSTER_KAFKA_PASSWORD",
                servers.address("muster.kafka.password")),
            new Entry(
                "how many partitions its topics were made with",
                "MUSTER_KAFKA_PARTITIONS",
                Integer.toString(partitions)),
            new Entry(
                "the read store, with its login, for the query service",
                "MUSTER_MONGODB_URI",
                servers.address("muster.mongodb.uri")),
            new Entry(
                "the admin key, for the command and the query service",
                "MUSTER_API_KEY",
                adminKey(data)),
            new Entry(
                "what signs the audit log, for the command service",
                "MUSTER_AUDIT_KEY",
                auditKey(data)),
            new Entry(
                "by what services know each other's records, for every service",
                "MUSTER_RECORDS_SECRET",
                recordsSecret(data)),
            new Entry(
                "where process hosts keep their instances, for every worker of this machine",
                "MUSTER_HOSTS_DATA",
                data.path().resolve("hosts").toString()),
            new Entry(
                "the folder that they hide from instances",
                "MUSTER_DATA",
                data.path().toString())));
    return file;
  }

  private static String auditKey(DataFolder data) {
    var given = new StandardEnvironment().getProperty("muster.audit.key", "");
    return given.isBlank() ? AuditKey.in(data) : given;
  }

  private static String recordsSecret(DataFolder data) {
    var given = new StandardEnvironment().getProperty(RecordMac.SETTING, "");
    return given.isBlank() ? SecretFile.ofRecords(data) : given;
  }

  private static String adminKey(DataFolder data) {
    var given = new StandardEnvironment().getProperty("muster.api-key", "");
    return given.isBlank() ? AdminKeyFile.in(data).text() : given;
  }
}
