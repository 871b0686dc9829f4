package dev.muster.web.key;

import dev.muster.events.access.Scope;
import dev.muster.web.problem.ProblemException;
import dev.muster.web.problem.ProblemType;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Lets a key do only what it is good for. It stands behind the routing, so that no spelling of a
 * path gets around it, and before anything is looked up.
 */
@Component
final class ScopeCheck implements HandlerInterceptor, WebMvcConfigurer {

  private static final Set<String> READING = Set.of("GET", "HEAD");

  @Override
  public void addInterceptors(InterceptorRegistry registry) {
    registry.addInterceptor(this);
  }

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    if (request.getDispatcherType() == DispatcherType.REQUEST
        && handler instanceof HandlerMethod method) {
      var needed = needed(method, request.getMethod());
      AuthenticationFilter.holderOf(request).ifPresent(holder -> check(holder, needed));
    }
    return true;
  }

  private static void check(Holder holder, List<Scope> needed) {
    if (needed.stream().noneMatch(scope -> scope.isAllowedBy(holder.scopes()))) {
      throw new ProblemException(
          ProblemType.FORBIDDEN,
          "this takes a key with the scope "
              + needed.stream().map(Scope::toString).collect(Collectors.joining(" or ")));
    }
  }

  private static List<Scope> needed(HandlerMethod method, String httpMethod) {
    var onMethod =
        AnnotatedElementUtils.findMergedAnnotation(method.getMethod(), RequiresScope.class);
    var said =
        onMethod != null
            ? onMethod
            : AnnotatedElementUtils.findMergedAnnotation(method.getBeanType(), RequiresScope.class);
    if (said != null) {
      return Arrays.asList(said.value());
    }
    return List.of(READING.contains(httpMethod) ? Scope.READ : Scope.OPERATE);
  }
}
