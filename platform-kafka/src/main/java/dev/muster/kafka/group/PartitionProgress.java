package dev.muster.kafka.group;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a member has come in one partition.
 *
 * @param next offset that it reads next
 * @param unfinished records before that which are not done
 * @param oldest when the first of them was written, or null when there is none
 */
public record PartitionProgress(long next, int unfinished, @Nullable Instant oldest) {}
