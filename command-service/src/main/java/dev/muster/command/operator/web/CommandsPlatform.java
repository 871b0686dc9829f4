package dev.muster.command.operator.web;

import dev.muster.web.contract.Refuses;
import dev.muster.web.contract.Takes;
import dev.muster.web.problem.ProblemType;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What the contract says of every call of {@link OperatorCalls}. */
@Takes(headers = "Idempotency-Key")
@Refuses({ProblemType.INVALID_REQUEST, ProblemType.NOT_FOUND, ProblemType.IDEMPOTENCY_MISMATCH})
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface CommandsPlatform {}
