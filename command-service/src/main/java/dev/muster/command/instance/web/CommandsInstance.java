package dev.muster.command.instance.web;

import static dev.muster.web.problem.ProblemType.CONFLICT;
import static dev.muster.web.problem.ProblemType.IDEMPOTENCY_MISMATCH;
import static dev.muster.web.problem.ProblemType.INVALID_REQUEST;
import static dev.muster.web.problem.ProblemType.NOT_FOUND;
import static dev.muster.web.problem.ProblemType.OPERATION_FAILED;
import static dev.muster.web.problem.ProblemType.OPERATION_UNDER_WAY;
import static dev.muster.web.problem.ProblemType.PRECONDITION_FAILED;

import dev.muster.command.instance.web.CommandAnswers.PendingOperation;
import dev.muster.web.contract.Answers;
import dev.muster.web.contract.Refuses;
import dev.muster.web.contract.Takes;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What the contract says of every command to an instance that is there. */
@Takes(headers = {"Prefer", "If-Match", "Idempotency-Key"})
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
@Refuses({
  INVALID_REQUEST,
  NOT_FOUND,
  CONFLICT,
  OPERATION_UNDER_WAY,
  PRECONDITION_FAILED,
  IDEMPOTENCY_MISMATCH,
  OPERATION_FAILED
})
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.ANNOTATION_TYPE)
@interface CommandsInstance {}
