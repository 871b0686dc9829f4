package dev.muster.query;

import static org.awaitility.Awaitility.await;

import dev.muster.events.kafka.TestKafka;
import dev.muster.web.key.PresentedKey;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole service on a free port, asked over real HTTP. */
public final class RunningQueryService implements AutoCloseable {

  static final String KEY = PresentedKey.generate().text();

  private static final JsonMapper JSON = new JsonMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final ConfigurableApplicationContext context;
  private final URI base;

  private RunningQueryService(ConfigurableApplicationContext context) {
    this.context = context;
    this.base =
        URI.create("http://localhost:" + context.getEnvironment().getProperty("local.server.port"));
  }

  /**
   * @param more settings, as {@code name=value}
   */
  public static RunningQueryService start(
      String bootstrapServers, String mongoUri, String... more) {
    var settings = new LinkedHashMap<String, String>();
    settings.put("server.port", "0");
    settings.put("muster.api-key", KEY);
    settings.put("muster.records.secret", TestKafka.SECRET);
    settings.put("muster.kafka.bootstrap-servers", bootstrapServers);
    settings.put("muster.kafka.partitions", "8");
    settings.put("muster.mongodb.uri", mongoUri);
    for (var setting : more) {
      var parts = setting.split("=", 2);
      settings.put(parts[0], parts[1]);
    }
    var arguments = settings.entrySet().stream().map(setting -> "--" + setting);
    return new RunningQueryService(
        SpringApplication.run(QueryService.class, arguments.toArray(String[]::new)));
  }

  public ApplicationContext context() {
    return context;
  }

  public int port() {
    return base.getPort();
  }

  /** What monitoring would see. */
  public MeterRegistry meters() {
    return context.getBean(MeterRegistry.class);
  }

  public HttpResponse<String> get(String pathOrUri) {
    return send("GET", pathOrUri);
  }

  /**
   * @param headers names and values in turn
   */
  public HttpResponse<String> send(String method, String pathOrUri, String... headers) {
    return as(KEY, method, pathOrUri, headers);
  }

  /** The call of somebody else than the admin. */
  public HttpResponse<String> as(String key, String method, String pathOrUri, String... headers) {
    var request =
        HttpRequest.newBuilder(base.resolve(pathOrUri))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .header("X-API-Key", key);
    for (int i = 0; i < headers.length; i += 2) {
      request.setHeader(headers[i], headers[i + 1]);
    }
    try {
      return http.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /**
   * The answer as it comes, to be closed.
   *
   * @param headers names and values in turn
   */
  public HttpResponse<InputStream> open(String path, String... headers) {
    var request = HttpRequest.newBuilder(base.resolve(path)).header("X-API-Key", KEY);
    for (int i = 0; i < headers.length; i += 2) {
      request.setHeader(headers[i], headers[i + 1]);
    }
    try {
      return http.send(request.build(), BodyHandlers.ofInputStream());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  public int status(String path) {
    return get(path).statusCode();
  }

  public JsonNode json(String path) {
    return JSON.readTree(get(path).body());
  }

  /** The ids in a list of instances, in its order. */
  public List<String> idsIn(String body) {
    return elements(body).map(instance -> instance.path("id").asString()).toList();
  }

  /** The sequences in a history, in its order. */
  public List<Long> sequencesIn(String body) {
    return elements(body).map(event -> event.path("sequence").asLong()).toList();
  }

  private static Stream<JsonNode> elements(String array) {
    return StreamSupport.stream(JSON.readTree(array).spliterator(), false);
  }

  /** The version that a GET shows, 0 while there is none. */
  public long version(String instanceId) {
    return json("/api/instances/" + instanceId).path("version").asLong(0);
  }

  /** Returns once all of each story can be read. */
  public void awaitAll(Story... stories) {
    for (var story : stories) {
      await()
          .pollDelay(Duration.ZERO)
          .atMost(Duration.ofSeconds(30))
          .until(() -> version(story.id()) == story.last().sequence());
    }
  }

  public void awaitReady() {
    await().atMost(Duration.ofSeconds(30)).until(() -> status("/healthz") == 200);
  }

  @Override
  public void close() {
    context.close();
    // Not close: it waits for streams that were left before their end.
    http.shutdownNow();
  }
}
