package dev.muster.web.contract;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A way in which a call ends well; a call has one or several. */
@Documented
@Repeatable(Answers.Several.class)
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
public @interface Answers {

  int status() default 200;

  /** What it means, where the status alone does not say. */
  String when() default "";

  /** The shape of the body; what the method returns if none is named, and none when void. */
  Class<?> body() default WhatIsReturned.class;

  String mediaType() default "application/json";

  /** Headers that it may carry beside those of every answer. */
  String[] headers() default {};

  /** Stands for the type that the method returns. */
  final class WhatIsReturned {

    private WhatIsReturned() {}
  }

  /** Holds more than one. */
  @Documented
  @Retention(RetentionPolicy.RUNTIME)
  @Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
  @interface Several {

    Answers[] value();
  }
}
