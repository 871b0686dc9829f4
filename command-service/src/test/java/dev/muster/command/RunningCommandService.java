package dev.muster.command;

import dev.muster.events.kafka.TestKafka;
import dev.muster.infrastructure.TestServers;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** The command service alone, on a free port. */
final class RunningCommandService implements AutoCloseable {

  static final String KEY = "a-key-for-tests-only";
  static final String AUDIT_KEY = "example.com/test+AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

  private final ConfigurableApplicationContext context;
  private final HttpClient http = HttpClient.newHttpClient();

  private RunningCommandService(ConfigurableApplicationContext context) {
    this.context = context;
  }

  /** On a database of the shared server. */
  static RunningCommandService start(String kafka, String jdbcUrl) {
    var postgres = TestServers.shared().postgres();
    return start(kafka, jdbcUrl, postgres.username(), postgres.password());
  }

  static RunningCommandService start(
      String kafka, String jdbcUrl, String username, String password, String... more) {
    var settings =
        Stream.concat(
            Stream.of(
                "server.port=0",
                "spring.main.banner-mode=off",
                "muster.api-key=" + KEY,
                "muster.audit.key=" + AUDIT_KEY,
                "muster.records.secret=" + TestKafka.SECRET,
                "muster.audit.checkpoint-interval=100ms",
                "muster.kafka.bootstrap-servers=" + kafka,
                "muster.kafka.partitions=8",
                "muster.postgresql.url=" + jdbcUrl,
                "muster.postgresql.username=" + username,
                "muster.postgresql.password=" + password),
            Stream.of(more));
    return new RunningCommandService(
        SpringApplication.run(
            CommandService.class, settings.map(setting -> "--" + setting).toArray(String[]::new)));
  }

  <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  ApplicationContext context() {
    return context;
  }

  int port() {
    return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
  }

  HttpResponse<String> get(String path) {
    return send(request(path).GET());
  }

  HttpResponse<String> post(String path) {
    return send(request(path).POST(BodyPublishers.noBody()));
  }

  HttpResponse<String> post(String path, String json) {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json)));
  }

  /** Headers are names and values in turn. */
  HttpResponse<String> post(String path, String json, String... headers) {
    var request = request(path).headers(headers);
    return json.isEmpty()
        ? send(request.POST(BodyPublishers.noBody()))
        : send(
            request.header("Content-Type", "application/json").POST(BodyPublishers.ofString(json)));
  }

  /** Somebody's call, without a body; headers are names and values in turn. */
  HttpResponse<String> as(String key, String method, String path, String... headers) {
    var request = request(path).setHeader("X-API-Key", key);
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return send(request.method(method, BodyPublishers.noBody()));
  }

  HttpResponse<String> delete(String path) {
    return send(request(path).DELETE());
  }

  /** Headers are names and values in turn. */
  HttpResponse<String> delete(String path, String... headers) {
    return send(request(path).headers(headers).DELETE());
  }

  @Override
  public void close() {
    http.close();
    context.close();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
        .header("X-API-Key", KEY);
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new IllegalStateException("no answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
