package dev.muster.cli.api;

import dev.muster.cli.Exit;
import dev.muster.cli.Failure;
import dev.muster.cli.context.Server;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.security.GeneralSecurityException;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/** The wire: one request, one response. */
final class Http implements AutoCloseable {

  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration END = Duration.ofMillis(200);

  private final Server server;
  private final HttpClient client;

  Http(Server server) {
    this.server = server;
    this.client = client(server.url().getScheme().equalsIgnoreCase("https"));
  }

  <T> HttpResponse<T> send(Call call, BodyHandler<T> body) throws IOException {
    var request =
        HttpRequest.newBuilder(uri(call))
            .method(
                call.method(),
                call.body().isEmpty()
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofString(call.body()));
    if (!call.timeout().isZero()) {
      request.timeout(call.timeout());
    }
    if (!call.body().isEmpty()) {
      request.header("Content-Type", "application/json");
    }
    call.headers().forEach(request::header);
    server.key().ifPresent(key -> request.header("X-API-Key", sendable(key)));
    try {
      return client.send(request.build(), body);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** A JVM that exits waits 0.3 s for threads that wait for the network; so they end before. */
  @Override
  public void close() {
    client.shutdownNow();
    try {
      boolean _ = client.awaitTermination(END);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private URI uri(Call call) {
    return URI.create(server.url() + call.path());
  }

  private static String sendable(String key) {
    if (!key.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw new Failure(
          Exit.USAGE, "the key has characters that no key has", "Set it again: muster login");
    }
    return key;
  }

  private static HttpClient client(boolean encrypted) {
    var builder =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT);
    if (!encrypted) {
      builder.sslContext(withoutCertificates());
    }
    return builder.build();
  }

  /** Reading all trusted certificates takes a tenth of a second, and plain HTTP needs none. */
  private static SSLContext withoutCertificates() {
    try {
      var context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[0], null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("TLS is part of every Java", e);
    }
  }
}
