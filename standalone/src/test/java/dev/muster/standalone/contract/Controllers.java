package dev.muster.standalone.contract;

import io.swagger.v3.oas.annotations.Hidden;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.support.BeanDefinitionBuilder;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.objenesis.SpringObjenesis;
import org.springframework.util.ClassUtils;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The controllers of both HTTP services, known but not working: they are never called. */
final class Controllers {

  private static final SpringObjenesis OBJENESIS = new SpringObjenesis();

  private Controllers() {}

  static List<Class<?>> all() {
    var scanner = new ClassPathScanningCandidateComponentProvider(false);
    scanner.addIncludeFilter(new AnnotationTypeFilter(RestController.class));
    return scanner.findCandidateComponents("dev.muster").stream()
        .<Class<?>>map(
            found -> ClassUtils.resolveClassName(String.valueOf(found.getBeanClassName()), null))
        .toList();
  }

  /** Every route that callers may know, as {@code GET /api/instances/{id}}, and what serves it. */
  static Map<String, Method> routes() {
    var routes = new TreeMap<String, Method>();
    for (var controller : all()) {
      var above = AnnotatedElementUtils.findMergedAnnotation(controller, RequestMapping.class);
      for (var method : controller.getDeclaredMethods()) {
        var mapping = AnnotatedElementUtils.findMergedAnnotation(method, RequestMapping.class);
        if (mapping != null && !isHidden(controller) && !isHidden(method)) {
          for (var verb : mapping.method()) {
            for (var path : paths(above, mapping)) {
              // A variable that takes the rest of the path has no form of its own in the document.
              routes.put(verb + " " + path.replace("{*", "{"), method);
            }
          }
        }
      }
    }
    return routes;
  }

  static void registerIn(BeanDefinitionRegistry registry) {
    all().forEach(type -> register(registry, type));
  }

  private static <T> void register(BeanDefinitionRegistry registry, Class<T> type) {
    Supplier<T> idle = () -> OBJENESIS.newInstance(type, false);
    registry.registerBeanDefinition(
        type.getName(),
        BeanDefinitionBuilder.genericBeanDefinition(type, idle).getBeanDefinition());
  }

  private static boolean isHidden(AnnotatedElement element) {
    return element.isAnnotationPresent(Hidden.class);
  }

  private static List<String> paths(@Nullable RequestMapping above, RequestMapping mapping) {
    var begin = above == null || above.path().length == 0 ? "" : above.path()[0];
    return mapping.path().length == 0
        ? List.of(begin)
        : Stream.of(mapping.path()).map(path -> begin + path).toList();
  }
}
