package dev.muster.web.request;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets TRACE be refused like any other method that a route does not have, once the key is known.
 * The server would refuse it before anybody asks for a key, and a servlet would echo the key.
 */
@Component
@Order(12)
final class TraceFilter extends OncePerRequestFilter
    implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

  private static final String TRACE = "TRACE";

  @Override
  public void customize(TomcatServletWebServerFactory factory) {
    factory.addConnectorCustomizers(connector -> connector.setAllowTrace(true));
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    chain.doFilter(TRACE.equals(request.getMethod()) ? new Renamed(request) : request, response);
  }

  /** Methods are case-sensitive: no servlet knows this one. */
  private static final class Renamed extends HttpServletRequestWrapper {

    Renamed(HttpServletRequest request) {
      super(request);
    }

    @Override
    public String getMethod() {
      return "trace";
    }
  }
}
