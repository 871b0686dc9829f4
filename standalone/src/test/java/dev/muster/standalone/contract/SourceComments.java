package dev.muster.standalone.contract;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springdoc.core.providers.JavadocProvider;
import org.springframework.util.StringUtils;

/** Lets the document say what the Javadoc says. */
final class SourceComments implements JavadocProvider {

  private final Map<Class<?>, SourceFile> files = new ConcurrentHashMap<>();

  @Override
  public String getClassJavadoc(Class<?> type) {
    return comment(type, "").text();
  }

  @Override
  public Map<String, String> getRecordClassParamJavadoc(Class<?> type) {
    return comment(type, "").parameters();
  }

  @Override
  public String getMethodJavadocDescription(Method method) {
    return comment(method.getDeclaringClass(), method.getName()).text();
  }

  @Override
  public String getMethodJavadocReturn(Method method) {
    return "";
  }

  @Override
  public Map<String, String> getMethodJavadocThrows(Method method) {
    return Map.of();
  }

  @Override
  public String getParamJavadoc(Method method, String name) {
    return comment(method.getDeclaringClass(), method.getName())
        .parameters()
        .getOrDefault(name, "")
        .transform(StringUtils::capitalize);
  }

  @Override
  public String getFieldJavadoc(Field field) {
    return "";
  }

  @Override
  public String getFirstSentence(String text) {
    var end = text.indexOf(". ");
    return end < 0 ? text.replaceAll("\\.$", "") : text.substring(0, end);
  }

  private Comment comment(Class<?> type, String member) {
    if (!type.getName().startsWith("dev.muster.")) {
      return Comment.NONE;
    }
    return files.computeIfAbsent(type.getNestHost(), SourceFile::of).comment(type, member);
  }
}
