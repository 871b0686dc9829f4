package dev.muster.query.instance.current;

import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The contract of {@link InstanceFilter}'s status. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
@Parameter(
    schema =
        @Schema(
            type = "string",
            allowableValues = {"creating", "running", "paused", "error", "stopped", "all"}))
@interface StatusOrAll {}
