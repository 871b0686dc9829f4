package dev.muster.web.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.web.PlatformWebConfiguration;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.io.ClassPathResource;

/** The contract as callers get it, without a key. */
class ContractPagesTest {

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final Pattern LINK = Pattern.compile("(?:src|href)=\"(/[^\"]*)\"");

  private static ConfigurableApplicationContext service;
  private static URI base;

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  @Import(PlatformWebConfiguration.class)
  static class Service {}

  @BeforeAll
  static void start() {
    service =
        SpringApplication.run(
            Service.class, "--server.port=0", "--muster.api-key=contract-pages-0123456789");
    base =
        URI.create("http://localhost:" + service.getEnvironment().getProperty("local.server.port"));
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @Test
  void the_document_is_the_file_to_the_byte() throws Exception {
    var file = new ClassPathResource("dev/muster/web/contract/openapi.json");

    var answer = send("GET", "/openapi.json");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(answer.body()).isEqualTo(file.getContentAsString(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/openapi.json",
        "/docs",
        "/docs/docs.js",
        "/docs/swagger-ui.css",
        "/docs/swagger-ui.js"
      })
  void who_has_it_already_is_told_so(String path) throws Exception {
    var first = send("GET", path);
    var etag = first.headers().firstValue("ETag").orElseThrow();

    var again = send("GET", path, "If-None-Match", etag);

    assertThat(first.headers().allValues("Cache-Control")).containsExactly("no-cache");
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.headers().firstValue("ETag")).hasValue(etag);
    assertThat(again.body()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/openapi.json", "/docs"})
  void a_head_is_a_get_without_the_body(String path) throws Exception {
    var get = send("GET", path);

    var head = send("HEAD", path);

    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.headers().firstValue("ETag")).isEqualTo(get.headers().firstValue("ETag"));
    assertThat(head.headers().firstValue("Content-Length"))
        .isEqualTo(get.headers().firstValue("Content-Length"));
    assertThat(head.body()).isEmpty();
  }

  @Test
  void the_page_needs_nothing_that_is_not_served_here() throws Exception {
    var page = send("GET", "/docs");

    assertThat(page.body()).doesNotContain("http:", "https:", "//");
    assertThat(LINK.matcher(page.body()).results().map(link -> link.group(1)))
        .isNotEmpty()
        .allSatisfy(path -> assertThat(send("GET", path).statusCode()).as(path).isEqualTo(200));
  }

  @Test
  void the_page_may_run_no_script_but_that_of_this_service() throws Exception {
    var policies = send("GET", "/docs").headers().allValues("Content-Security-Policy");

    assertThat(policies).singleElement().asString().contains("script-src 'self';");
    assertThat(send("GET", "/docs").body()).doesNotContain("<script>", "onload=");
  }

  @Test
  void what_stands_beside_them_still_needs_a_key() throws Exception {
    assertThat(send("GET", "/docs/other").statusCode()).isEqualTo(401);
    assertThat(send("GET", "/docs/../api/instances").statusCode()).isEqualTo(401);
    assertThat(send("GET", "/openapi.json/x").statusCode()).isEqualTo(401);
  }

  private static HttpResponse<String> send(String method, String path, String... headers)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(base.resolve(path)).method(method, BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    return HTTP.send(request.build(), BodyHandlers.ofString());
  }
}
