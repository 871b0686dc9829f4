package dev.muster.web.request;

import dev.muster.web.settings.WebSettings;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Gives a request that came through a trusted proxy the address of the client behind it. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 2)
final class ClientAddressFilter extends OncePerRequestFilter {

  private final TrustedProxies proxies;

  ClientAddressFilter(WebSettings settings) {
    this.proxies = TrustedProxies.parse(settings.http().trustedProxies());
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    var peer = request.getRemoteAddr();
    var client = proxies.clientBehind(peer, ForwardedFor.of(request));
    chain.doFilter(client.equals(peer) ? request : new FromClient(request, client), response);
  }

  private static final class FromClient extends HttpServletRequestWrapper {

    private final String client;

    FromClient(HttpServletRequest request, String client) {
      super(request);
      this.client = client;
    }

    @Override
    public String getRemoteAddr() {
      return client;
    }
  }
}
