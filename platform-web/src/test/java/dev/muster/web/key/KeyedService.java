package dev.muster.web.key;

import dev.muster.events.access.ApiKeyEvent.KeyIssued;
import dev.muster.events.access.KeyUse;
import dev.muster.events.access.Scope;
import dev.muster.web.PlatformWebConfiguration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** A small service of a few rooms, which is told of keys, and asked over real HTTP. */
public final class KeyedService implements AutoCloseable {

  /** The key of its settings. */
  public static final String ADMIN = PresentedKey.generate().text();

  static final Queue<KeyUse> USES = new ConcurrentLinkedQueue<>();
  static final Instant NOW = Instant.now();

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final ConfigurableApplicationContext context;

  private KeyedService(ConfigurableApplicationContext context) {
    this.context = context;
  }

  @RestController
  static class Rooms {

    @GetMapping("/api/rooms")
    String see() {
      return "seen";
    }

    @PostMapping("/api/rooms")
    String change() {
      return "changed";
    }

    @GetMapping("/api/past")
    @RequiresScope({Scope.READ, Scope.AUDIT})
    String past() {
      return "past";
    }

    @GetMapping("/api/safe")
    @RequiresScope(Scope.ADMIN)
    String safe() {
      return "safe";
    }
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  @Import({PlatformWebConfiguration.class, Rooms.class})
  static class Service {

    @Bean
    KeyUseSink sink() {
      return USES::add;
    }
  }

  /**
   * One that has not heard yet of every key there is.
   *
   * @param more settings, as {@code name=value}
   */
  public static KeyedService starting(String... more) {
    var settings =
        Stream.concat(Stream.of("server.port=0", "muster.api-key=" + ADMIN), Stream.of(more))
            .map(setting -> "--" + setting);
    return new KeyedService(SpringApplication.run(Service.class, settings.toArray(String[]::new)));
  }

  /** One that has heard of every key there is. */
  public static KeyedService start(String... more) {
    var service = starting(more);
    service.ring().complete();
    return service;
  }

  KeyRing ring() {
    return bean(KeyRing.class);
  }

  <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  /** A new key that it knows. */
  public PresentedKey issued(Scope... scopes) {
    var key = PresentedKey.generate();
    ring().hear(issue(key, null, scopes), 1);
    return key;
  }

  static KeyIssued issue(PresentedKey key, @Nullable Instant expiresAt, Scope... scopes) {
    var hash = HexFormat.of().formatHex(key.hash());
    return new KeyIssued(key.id(), "a key", List.of(scopes), hash, expiresAt, null, NOW);
  }

  public HttpResponse<String> call(String method, String path, String key) {
    var port = context.getEnvironment().getProperty("local.server.port");
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .header("X-API-Key", key)
            .method(method, BodyPublishers.noBody())
            .build();
    try {
      return HTTP.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    context.close();
  }
}
