package dev.muster.query.store;

import com.mongodb.MongoException;
import dev.muster.web.problem.ProblemException;
import dev.muster.web.problem.ProblemType;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.stereotype.Component;

/** Reads for callers, who are told to come back when the store is away. */
@Component
public final class ReadStore {

  private static final Logger log = LoggerFactory.getLogger(ReadStore.class);
  private static final String RETRY_AFTER_SECONDS = "2";

  private final MongoOperations mongo;

  ReadStore(MongoOperations mongo) {
    this.mongo = mongo;
  }

  /**
   * @throws ProblemException like {@link #read}
   */
  public <T> Optional<T> find(Class<T> type, String id) {
    return read(mongo -> Optional.ofNullable(mongo.findById(id, type)));
  }

  /**
   * @throws ProblemException 503 with {@code Retry-After} when the store does not answer
   */
  public <T> T read(Function<MongoOperations, T> query) {
    try {
      return query.apply(mongo);
    } catch (DataAccessException | MongoException e) {
      log.warn(
          "read store failed a query; check that MongoDB at muster.mongodb.uri is up error=\"{}\"",
          e.getMessage());
      throw new ProblemException(
              ProblemType.UNAVAILABLE, "the read store does not answer; nothing is lost")
          .withHeader("Retry-After", RETRY_AFTER_SECONDS);
    }
  }
}
