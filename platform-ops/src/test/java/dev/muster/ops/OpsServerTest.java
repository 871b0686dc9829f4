package dev.muster.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.ops.ready.ReadinessCheck;
import dev.muster.ops.server.OpsPortException;
import dev.muster.ops.server.OpsServer;
import dev.muster.ops.server.OpsSettings;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

class OpsServerTest {

  private final AtomicReference<@Nullable String> missing = new AtomicReference<>();
  private ConfigurableApplicationContext service = new GenericApplicationContext();

  @BeforeEach
  void start() {
    service = service(0);
  }

  @AfterEach
  void stop() {
    service.close();
  }

  @Test
  void a_service_that_lacks_nothing_is_ready() throws Exception {
    assertThat(get("/healthz").statusCode()).isEqualTo(200);
  }

  @Test
  void a_service_says_what_it_lacks_and_is_alive_all_the_same() throws Exception {
    missing.set("PostgreSQL is away");

    var answer = get("/healthz");

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).contains("\"event \\\"store\\\"\":\"PostgreSQL is away\"");
    assertThat(get("/livez").statusCode()).isEqualTo(200);
  }

  @Test
  void gauges_of_the_service_are_served_to_prometheus() throws Exception {
    service.getBean(MeterRegistry.class).gauge("muster_test_lag", 7);

    assertThat(get("/metrics").body()).contains("muster_test_lag 7.0").contains("jvm_memory_used");
  }

  @Test
  void there_is_nothing_else() throws Exception {
    assertThat(get("/env").statusCode()).isEqualTo(404);
    assertThat(send(request("/livez").DELETE().build()).statusCode()).isEqualTo(405);
  }

  @Test
  void without_a_port_nothing_listens() {
    try (var quiet = service(OpsSettings.NONE)) {
      assertThat(quiet.getBean(OpsServer.class).isRunning()).isFalse();
    }
  }

  @Test
  void a_port_that_is_taken_is_said_plainly() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> service(taken.getLocalPort()))
          .hasRootCauseInstanceOf(BindException.class)
          .satisfies(
              e ->
                  assertThat(e)
                      .hasStackTraceContaining(OpsPortException.class.getName())
                      .hasStackTraceContaining("set muster.ops.port to another"));
    }
  }

  private final class Part implements ReadinessCheck {

    @Override
    public String part() {
      return "event \"store\"";
    }

    @Override
    public Optional<String> missing() {
      return Optional.ofNullable(missing.get());
    }
  }

  private ConfigurableApplicationContext service(int port) {
    return new SpringApplicationBuilder(OpsConfiguration.class)
        .web(WebApplicationType.NONE)
        .initializers(
            context ->
                ((GenericApplicationContext) context)
                    .registerBean("check", ReadinessCheck.class, Part::new))
        .run("--muster.ops.port=" + port);
  }

  private HttpResponse<String> get(String path) throws Exception {
    return send(request(path).build());
  }

  private HttpRequest.Builder request(String path) {
    var port = service.getBean(OpsServer.class).port();
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(port, path)));
  }

  private static HttpResponse<String> send(HttpRequest request) throws Exception {
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
  }
}
