package dev.muster.query.audit;

import java.time.Instant;
import java.util.Optional;
import org.springframework.data.mongodb.core.query.Criteria;

/**
 * Which events are looked for; what is empty leaves none out.
 *
 * @param actor id or name of who caused it
 * @param from the earliest time, itself included
 * @param to the latest time, itself included
 */
public record AuditFilter(
    Optional<String> subject,
    Optional<String> actor,
    Optional<String> type,
    Optional<Instant> from,
    Optional<Instant> to) {

  Criteria criteria() {
    var criteria = new Criteria();
    subject.ifPresent(wanted -> criteria.and("subject").is(wanted));
    actor.ifPresent(wanted -> criteria.and("actors").is(wanted));
    type.ifPresent(wanted -> criteria.and("type").is(wanted));
    if (from.isPresent() || to.isPresent()) {
      var time = criteria.and("occurredAtMicros");
      from.ifPresent(earliest -> time.gte(EntryRow.micros(earliest)));
      to.ifPresent(latest -> time.lte(EntryRow.micros(latest)));
    }
    return criteria;
  }
}
