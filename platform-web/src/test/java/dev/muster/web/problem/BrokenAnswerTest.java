package dev.muster.web.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.web.PlatformWebConfiguration;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Answers that fail while they are being written. */
class BrokenAnswerTest {

  private static final String KEY = "broken-answers-0123456789";
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private static ConfigurableApplicationContext service;

  @RestController
  static class Breaking {

    @GetMapping("/api/half")
    void half(HttpServletResponse response) throws IOException {
      response.getOutputStream().print("the first half,");
      response.flushBuffer();
      throw new IllegalStateException("secret detail");
    }

    @GetMapping("/api/word")
    void word(HttpServletResponse response) throws IOException {
      response.setContentType("text/csv");
      response.getOutputStream().print("a word,");
      throw new IllegalStateException("secret detail");
    }

    @GetMapping("/api/sent")
    void sent(@RequestParam String to, HttpServletResponse response) throws IOException {
      response.sendError(404, to);
    }
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  @Import({PlatformWebConfiguration.class, Breaking.class})
  static class Service {}

  @BeforeAll
  static void start() {
    service = SpringApplication.run(Service.class, "--server.port=0", "--muster.api-key=" + KEY);
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @Test
  void an_answer_that_breaks_off_does_not_look_whole() {
    assertThatThrownBy(() -> get("/api/half")).isInstanceOf(IOException.class);
  }

  @Test
  void an_answer_that_fails_before_any_of_it_was_sent_is_a_problem_and_nothing_else()
      throws Exception {
    var answer = get("/api/word");

    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue(Problem.MEDIA_TYPE);
    assertThat(answer.body()).startsWith("{\"type\":\"/problems/internal\"").endsWith("}");
  }

  @Test
  void what_the_server_answers_is_not_held_to_the_parameters_of_its_error_page() throws Exception {
    assertThat(get("/api/sent?to=nowhere").statusCode()).isEqualTo(404);
  }

  private static HttpResponse<String> get(String path) throws Exception {
    var port = service.getEnvironment().getProperty("local.server.port");
    var request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
            .header("X-API-Key", KEY)
            .build();
    return HTTP.send(request, BodyHandlers.ofString());
  }
}
