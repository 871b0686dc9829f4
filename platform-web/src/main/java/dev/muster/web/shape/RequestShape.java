package dev.muster.web.shape;

import dev.muster.web.problem.ProblemException;
import dev.muster.web.problem.ProblemType;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Refuses what the framework would make something of, or nothing: a query parameter that the route
 * does not know, or one that is given twice, whose values it joins with commas; a body of a type
 * with a star in it, or in another charset than JSON has; and a form, which the server would read
 * by itself, past all limits.
 */
@Component
final class RequestShape implements HandlerInterceptor, WebMvcConfigurer {

  private final Map<HandlerMethod, QueryParameters> parameters = new ConcurrentHashMap<>();

  @Override
  public void addInterceptors(InterceptorRegistry registry) {
    registry.addInterceptor(this);
  }

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    if (request.getDispatcherType() == DispatcherType.ERROR) {
      // It has failed by something else, and is told so.
      return true;
    }
    var type = request.getContentType();
    if (type != null && isWild(type)) {
      throw unsupported(type);
    }
    if (handler instanceof HandlerMethod method) {
      if (type != null && (isForm(type) || isOtherThanUtf8(type)) && takesBody(method)) {
        throw unsupported(type);
      }
      if (request.getQueryString() != null) {
        parameters.computeIfAbsent(method, QueryParameters::of).check(request);
      }
    }
    return true;
  }

  private static ProblemException unsupported(String type) {
    return new ProblemException(
            ProblemType.UNSUPPORTED_MEDIA_TYPE,
            "a body of type '%s' is not read here; send application/json".formatted(type))
        .withHeader("Accept", MediaType.APPLICATION_JSON_VALUE);
  }

  private static boolean isForm(String type) {
    return type.toLowerCase(Locale.ROOT).startsWith(MediaType.APPLICATION_FORM_URLENCODED_VALUE);
  }

  private static boolean takesBody(HandlerMethod method) {
    return Arrays.stream(method.getMethodParameters())
        .anyMatch(parameter -> parameter.hasParameterAnnotation(RequestBody.class));
  }

  private static boolean isOtherThanUtf8(String type) {
    try {
      var charset = MediaType.parseMediaType(type).getCharset();
      return charset != null && !charset.equals(StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return type.toLowerCase(Locale.ROOT).contains("charset");
    }
  }

  private static boolean isWild(String type) {
    try {
      return type.contains("*") && !MediaType.parseMediaType(type).isConcrete();
    } catch (InvalidMediaTypeException e) {
      return false;
    }
  }
}
