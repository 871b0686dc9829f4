package dev.muster.query.store;

import org.springframework.data.mongodb.core.query.Criteria;

/** A row that takes the place of no newer one, whoever writes it and however late. */
public interface VersionedRow {

  /** What is true of a stored row that this one may replace; the same row is one of them. */
  Criteria replaceable();
}
