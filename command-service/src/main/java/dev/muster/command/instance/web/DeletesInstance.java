package dev.muster.command.instance.web;

import dev.muster.web.contract.Answers;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The contract of a deletion. */
@CommandsInstance
@Answers(
    status = 204,
    body = void.class,
    when = "Nothing of it is left",
    headers = {"Instance-Version", "Preference-Applied", "Idempotent-Replayed", "Read-Side"})
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface DeletesInstance {}
