package dev.muster.query.projection;

import dev.muster.query.deadletter.DeadLetterTopicWriter;
import dev.muster.query.store.Upserts;
import org.springframework.stereotype.Component;

/** Where what was projected goes. */
@Component
record ProjectionSinks(
    Upserts rows,
    DeadLetterTopicWriter letters,
    FoldedInstances instances,
    ProgressPublisher progress) {}
