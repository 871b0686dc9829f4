package dev.muster.web.contract;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What a call takes that its method's parameters do not show. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
public @interface Takes {

  /** Headers beside those of every call. */
  String[] headers() default {};

  /** The shape of the body, which may be left out; none when void. */
  Class<?> body() default void.class;
}
