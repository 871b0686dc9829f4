package dev.muster.command.instance.web;

import static dev.muster.web.problem.ProblemType.CONFLICT;
import static dev.muster.web.problem.ProblemType.IDEMPOTENCY_MISMATCH;
import static dev.muster.web.problem.ProblemType.INVALID_REQUEST;
import static dev.muster.web.problem.ProblemType.OPERATION_FAILED;
import static dev.muster.web.problem.ProblemType.OPERATION_UNDER_WAY;

import dev.muster.command.instance.web.CommandAnswers.PendingOperation;
import dev.muster.events.view.InstanceView;
import dev.muster.web.contract.Answers;
import dev.muster.web.contract.Refuses;
import dev.muster.web.contract.Takes;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The contract of a creation. */
@Takes(
    headers = {"Prefer", "Idempotency-Key"},
    body = NewInstance.class)
@Answers(
    status = 201,
    body = InstanceView.class,
    when = "It is on its way, or runs if that was waited for",
    headers = {
      "Location",
      "Instance-Version",
      "Preference-Applied",
      "Idempotent-Replayed",
      "Read-Side"
    })
@Answers(
    status = 202,
    body = PendingOperation.class,
    when = "The wait is over, and the operation goes on",
    headers = {
      "Location",
      "Instance-Version",
      "Preference-Applied",
      "Idempotent-Replayed",
      "Read-Side"
    })
@Refuses({INVALID_REQUEST, CONFLICT, OPERATION_UNDER_WAY, IDEMPOTENCY_MISMATCH, OPERATION_FAILED})
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface CreatesInstance {}
