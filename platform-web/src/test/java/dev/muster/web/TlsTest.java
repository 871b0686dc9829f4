package dev.muster.web;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.web.key.PresentedKey;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** A service that was given a certificate. */
class TlsTest {

  private static final String KEY = PresentedKey.generate().text();
  private static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir private static Path folder;
  private static KeyStore own;

  @BeforeAll
  static void makeCertificate() throws Exception {
    var store = folder.resolve("own.p12");
    var keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/keytool").toString(),
                "-genkeypair",
                "-alias",
                "own",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost",
                "-keystore",
                store.toString(),
                "-storepass",
                String.valueOf(PASSWORD))
            .inheritIO()
            .start();
    assertThat(keytool.waitFor()).isZero();
    own = KeyStore.getInstance(store.toFile(), PASSWORD);
    pem("certificate.pem", "CERTIFICATE", own.getCertificate("own").getEncoded());
    pem("key.pem", "PRIVATE KEY", own.getKey("own", PASSWORD).getEncoded());
  }

  @Test
  void it_speaks_tls_and_nothing_else() throws Exception {
    try (var service =
            start(
                "--server.ssl.certificate=" + folder.resolve("certificate.pem"),
                "--server.ssl.certificate-private-key=" + folder.resolve("key.pem"));
        var client = HttpClient.newBuilder().sslContext(trusting(own)).build()) {
      var answer = client.send(request("https", service), BodyHandlers.ofString());

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.sslSession().orElseThrow().getProtocol()).isEqualTo("TLSv1.3");
      assertThat(client.send(request("http", service), BodyHandlers.ofString()).statusCode())
          .isEqualTo(400);
    }
  }

  @Test
  void a_certificate_that_is_not_there_ends_the_start() {
    assertThatThrownBy(
            () ->
                start(
                    "--server.ssl.certificate=" + folder.resolve("nowhere.pem"),
                    "--server.ssl.certificate-private-key=" + folder.resolve("key.pem")))
        .hasStackTraceContaining("nowhere.pem");
  }

  private static ConfigurableApplicationContext start(String... settings) {
    var all = new ArrayList<>(List.of(settings));
    all.addAll(List.of("--server.port=0", "--muster.api-key=" + KEY));
    return SpringApplication.run(PlatformWebTest.Service.class, all.toArray(String[]::new));
  }

  private static HttpRequest request(String scheme, ConfigurableApplicationContext service) {
    var port = service.getEnvironment().getProperty("local.server.port");
    return HttpRequest.newBuilder(URI.create(scheme + "://localhost:" + port + "/api/me"))
        .header("X-API-Key", KEY)
        .build();
  }

  private static SSLContext trusting(KeyStore store) throws Exception {
    var trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("own", store.getCertificate("own"));
    var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(trusted);
    var context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return context;
  }

  private static void pem(String name, String type, byte[] content) throws IOException {
    var text = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(content);
    Files.writeString(
        folder.resolve(name),
        "-----BEGIN %s-----%n%s%n-----END %s-----%n".formatted(type, text, type));
  }
}
