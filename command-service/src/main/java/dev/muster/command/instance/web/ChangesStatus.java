package dev.muster.command.instance.web;

import dev.muster.command.instance.web.CommandAnswers.Status;
import dev.muster.web.contract.Answers;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The contract of a call that pauses, resumes or restarts. */
@CommandsInstance
@Answers(
    body = Status.class,
    when = "The host did it",
    headers = {"Instance-Version", "Preference-Applied", "Idempotent-Replayed", "Read-Side"})
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface ChangesStatus {}
