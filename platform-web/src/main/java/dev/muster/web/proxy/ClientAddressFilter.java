package dev.muster.web.proxy;

import dev.muster.ops.launch.AddressText;
import dev.muster.web.problem.ProblemException;
import dev.muster.web.problem.ProblemType;
import dev.muster.web.problem.ProblemWriter;
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

/** Gives a request the address of its client, also of one behind a trusted proxy. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 2)
final class ClientAddressFilter extends OncePerRequestFilter {

  private final TrustedProxies proxies;
  private final ProblemWriter problems;

  ClientAddressFilter(WebSettings settings, ProblemWriter problems) {
    this.proxies = TrustedProxies.parse(settings.http().trustedProxies());
    this.problems = problems;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    var peer = AddressText.of(request.getRemoteAddr());
    var clients =
        ForwardedFor.of(request).stream()
            .map(addresses -> AddressText.of(proxies.clientBehind(peer, addresses)))
            .distinct()
            .toList();
    switch (clients.size()) {
      case 0 -> chain.doFilter(new FromClient(request, peer), response);
      case 1 -> chain.doFilter(new FromClient(request, clients.getFirst()), response);
      default -> problems.write(request, response, ambiguous());
    }
  }

  private static ProblemException ambiguous() {
    return new ProblemException(
        ProblemType.INVALID_REQUEST,
        "Forwarded and X-Forwarded-For name different clients; send neither of them");
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
