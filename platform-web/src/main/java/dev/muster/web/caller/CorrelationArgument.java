package dev.muster.web.caller;

import dev.muster.events.envelope.Correlation;
import dev.muster.web.key.AuthenticationFilter;
import dev.muster.web.request.RequestIdFilter;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Lets a controller take the {@link Correlation} of its request as an argument. */
@Component
final class CorrelationArgument implements HandlerMethodArgumentResolver, WebMvcConfigurer {

  private static final Pattern TRACEPARENT =
      Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");

  @Override
  public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
    resolvers.add(this);
  }

  @Override
  public boolean supportsParameter(MethodParameter parameter) {
    return parameter.getParameterType() == Correlation.class;
  }

  @Override
  public Correlation resolveArgument(
      MethodParameter parameter,
      @Nullable ModelAndViewContainer container,
      NativeWebRequest webRequest,
      @Nullable WebDataBinderFactory binders) {
    var request = Objects.requireNonNull(webRequest.getNativeRequest(HttpServletRequest.class));
    return new Correlation(
        AuthenticationFilter.actorOf(request),
        RequestIdFilter.idOf(request),
        request.getRemoteAddr(),
        null,
        traceparent(request.getHeader("traceparent")));
  }

  private static @Nullable String traceparent(@Nullable String header) {
    return header != null && TRACEPARENT.matcher(header).matches() ? header : null;
  }
}
