package dev.muster.system;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.mongodb.MongoClientSettings;
import com.mongodb.MongoCredential;
import com.mongodb.ServerAddress;
import com.mongodb.client.MongoClients;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.apache.kafka.clients.admin.Admin;

/**
 * Somebody on this machine who knows where the platform's servers listen, and asks each port in the
 * language of each server.
 *
 * @param password that is tried; empty for no login at all
 */
record Stranger(String password) {

  private static final int PATIENCE_MILLIS = 5_000;

  /** What the ports gave away. */
  List<String> gets(Collection<Integer> ports) throws Exception {
    Map<String, IntFunction<String>> languages =
        Map.of(
            "Kafka",
            at -> kafka("bootstrap.servers", at),
            "Kafka's controller",
            at -> kafka("bootstrap.controllers", at),
            "Mongo",
            this::mongo,
            "PostgreSQL as muster",
            at -> postgresql("muster", at),
            "PostgreSQL as postgres",
            at -> postgresql("postgres", at));
    var questions = new ArrayList<Callable<Optional<String>>>();
    ports.forEach(
        port ->
            languages.forEach(
                (language, question) -> questions.add(() -> attempt(language, question, port))));
    var got = new ArrayList<String>();
    try (var all = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var answer : all.invokeAll(questions)) {
        answer.get().ifPresent(got::add);
      }
    }
    return got;
  }

  private static Optional<String> attempt(String language, IntFunction<String> question, int port) {
    try {
      return Optional.of("%s at port %d: %s".formatted(language, port, question.apply(port)));
    } catch (RuntimeException e) {
      return Optional.empty();
    }
  }

  private String kafka(String role, int port) {
    var config = new HashMap<String, Object>();
    config.put(role, "127.0.0.1:" + port);
    config.put("request.timeout.ms", PATIENCE_MILLIS);
    config.put("default.api.timeout.ms", PATIENCE_MILLIS);
    if (!password.isEmpty()) {
      config.put("security.protocol", "SASL_PLAINTEXT");
      config.put("sasl.mechanism", "SCRAM-SHA-256");
      config.put(
          "sasl.jaas.config",
          "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"muster\""
              + " password=\"%s\";".formatted(password));
    }
    try (var admin = Admin.create(config)) {
      return admin.describeCluster().clusterId().get().length() + " characters of the cluster id";
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private String mongo(int port) {
    var settings =
        MongoClientSettings.builder()
            .applyToSocketSettings(
                socket ->
                    socket
                        .connectTimeout(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
                        .readTimeout(PATIENCE_MILLIS, TimeUnit.MILLISECONDS))
            .applyToClusterSettings(
                cluster ->
                    cluster
                        .hosts(List.of(new ServerAddress("127.0.0.1", port)))
                        .serverSelectionTimeout(PATIENCE_MILLIS, TimeUnit.MILLISECONDS));
    if (!password.isEmpty()) {
      settings.credential(
          MongoCredential.createScramSha256Credential("muster", "admin", password.toCharArray()));
    }
    try (var client = MongoClients.create(settings.build())) {
      return String.join(", ", client.listDatabaseNames());
    }
  }

  // Without the questions that come before a login: each that meets another server is waited for.
  private String postgresql(String user, int port) {
    var url =
        "jdbc:postgresql://127.0.0.1:%d/postgres?sslmode=disable&gssEncMode=disable".formatted(port)
            + "&connectTimeout=5&socketTimeout=5&loginTimeout=5";
    try (var connection = DriverManager.getConnection(url, user, password)) {
      return connection.getMetaData().getDatabaseProductVersion();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What the file system lets that user read or write below the folder. */
  static String reads(String user, String folder) throws Exception {
    var find =
        new ProcessBuilder(
                "setpriv",
                "--reuid",
                user,
                "--regid",
                user,
                "--clear-groups",
                "find",
                folder,
                "(",
                "-readable",
                "-o",
                "-writable",
                ")",
                "-print")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    return new String(find.getInputStream().readAllBytes(), UTF_8);
  }
}
