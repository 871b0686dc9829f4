package dev.muster.command.access.web;

import dev.muster.events.access.Scope;
import dev.muster.web.body.TextLine;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A key to be issued. Without {@code replaces} it needs a name and scopes, and takes no overlap.
 *
 * @param name what people call it; that of the key it replaces when nothing is said
 * @param scopes what it is good for; those of the key it replaces when nothing is said
 * @param expiresAt when it ends by itself, in the future; never when nothing is said
 * @param replaces id of the key whose place it takes
 * @param overlapSecs how long that one is still good; a day when nothing is said
 */
record NewKey(
    @Schema(maxLength = NewKeyBody.NAME_LENGTH, pattern = TextLine.PATTERN) @Nullable String name,
    @ArraySchema(minItems = 1, maxItems = 4, uniqueItems = true) @Nullable List<Scope> scopes,
    @Schema(format = "date-time") @Nullable String expiresAt,
    @Schema(pattern = NewKeyBody.KEY_ID) @Nullable String replaces,
    @Schema(minimum = "0", maximum = "" + NewKeyBody.MOST_OVERLAP_SECS)
        @Nullable Integer overlapSecs) {}
