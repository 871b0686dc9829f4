package dev.muster.events.codec;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.lang.reflect.RecordComponent;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.AnnotatedParameter;
import tools.jackson.databind.introspect.NopAnnotationIntrospector;

/**
 * Makes JSpecify's word on null hold for what is read: a component of a record in a null-marked
 * package must be there unless it says {@code @Nullable}. Jackson asks once per type.
 */
final class RequiredComponents extends NopAnnotationIntrospector {

  private static final long serialVersionUID = 1L;

  @Override
  public @Nullable Boolean hasRequiredMarker(MapperConfig<?> config, AnnotatedMember member) {
    return isRequired(member) ? Boolean.TRUE : null;
  }

  @Override
  public JsonSetter.Value findSetterInfo(MapperConfig<?> config, Annotated annotated) {
    return isRequired(annotated)
        ? JsonSetter.Value.forValueNulls(Nulls.FAIL)
        : JsonSetter.Value.empty();
  }

  private static boolean isRequired(Annotated annotated) {
    return annotated instanceof AnnotatedParameter parameter
        && isRequired(parameter.getOwner().getDeclaringClass(), parameter.getIndex());
  }

  private static boolean isRequired(Class<?> type, int index) {
    RecordComponent @Nullable [] components = type.getRecordComponents();
    return components != null
        && index < components.length
        && type.getPackage().isAnnotationPresent(NullMarked.class)
        && !components[index].getAnnotatedType().isAnnotationPresent(Nullable.class);
  }
}
