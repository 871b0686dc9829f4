package dev.muster.query.projection;

import dev.muster.query.deadletter.LetterWriter;
import dev.muster.query.store.Upserts;
import org.springframework.stereotype.Component;

/** Where what was projected goes. */
@Component
record Sinks(
    Upserts rows, LetterWriter letters, FoldedInstances instances, ProgressPublisher progress) {}
