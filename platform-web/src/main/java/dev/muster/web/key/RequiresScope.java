package dev.muster.web.key;

import dev.muster.events.access.Scope;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a key has to be good for. Any one of the scopes will do. Without it, GET and HEAD take
 * {@link Scope#READ} and everything else {@link Scope#OPERATE}.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
public @interface RequiresScope {

  Scope[] value();
}
