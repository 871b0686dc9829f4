package dev.muster.command.instance.web;

import dev.muster.events.instance.Labels;
import dev.muster.events.instance.RestartPolicy;
import dev.muster.web.body.TextLine;
import io.swagger.v3.oas.annotations.StringToClassMapItem;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An instance to be created. The program, the first of {@code command}, must not be blank, which no
 * schema says.
 *
 * @param name what people call it; a readable one is made up when there is none
 * @param region where it runs; the platform's own when none is named
 * @param image a container image; hosts that run plain processes refuse it
 * @param command program and arguments; a small bot when there is none
 * @param env environment variables
 * @param cpus upper bound; a host that cannot hold the instance to it refuses
 * @param memoryMb upper bound; a host that cannot hold the instance to it refuses
 * @param diskMb upper bound on what its folder holds; an instance that is over it is ended
 * @param pids upper bound on its processes and threads; the host's default if nothing is said
 * @param stopTimeout seconds that it has to end after {@code SIGTERM}; the host's, 10 unless that
 *     is set, if nothing is said
 * @param restartPolicy what happens when it ends by itself; {@code never} if nothing is said
 * @param labels what people group it by, for {@code label} of the list
 */
record NewInstance(
    @Schema(maxLength = CreateBody.NAME_LENGTH, pattern = TextLine.PATTERN) @Nullable String name,
    @Schema(maxLength = CreateBody.NAME_LENGTH, pattern = TextLine.PATTERN) @Nullable String region,
    @Schema(maxLength = CreateBody.IMAGE_LENGTH, pattern = TextLine.PATTERN) @Nullable String image,
    @ArraySchema(maxItems = CreateBody.ARGUMENTS, schema = @Schema(pattern = CreateBody.PASSABLE))
        @Nullable List<String> command,
    @Schema(
            maxProperties = CreateBody.VARIABLES,
            patternProperties =
                @StringToClassMapItem(
                    key = CreateBody.VARIABLE_NAME,
                    value = NewInstance.Text.class),
            additionalProperties = Schema.AdditionalPropertiesValue.FALSE)
        @Nullable Map<String, String> env,
    @Schema(minimum = "0", exclusiveMinimum = true, maximum = "" + CreateBody.CPUS)
        @Nullable Double cpus,
    @Schema(minimum = "" + CreateBody.LEAST_MEMORY_MB, maximum = "" + CreateBody.MOST_MEMORY_MB)
        @Nullable Integer memoryMb,
    @Schema(minimum = "1", maximum = "" + CreateBody.MOST_DISK_MB) @Nullable Integer diskMb,
    @Schema(minimum = "1", maximum = "" + CreateBody.MOST_PIDS) @Nullable Integer pids,
    @Schema(minimum = "0", maximum = "" + CreateBody.LONGEST_STOP_SECS)
        @Nullable Integer stopTimeout,
    @Nullable RestartPolicy restartPolicy,
    @Schema(
            maxProperties = Labels.AT_MOST,
            patternProperties =
                @StringToClassMapItem(key = Labels.KEY, value = NewInstance.LabelValue.class),
            additionalProperties = Schema.AdditionalPropertiesValue.FALSE)
        @Nullable Map<String, String> labels) {

  /** A label's value. */
  @Schema(type = "string", pattern = Labels.VALUE)
  record LabelValue() {}

  /** A variable's value. */
  @Schema(type = "string", pattern = CreateBody.PASSABLE)
  record Text() {}
}
