package dev.muster.infrastructure.documents;

import de.bwaldvogel.mongo.bson.Document;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How the documents of a query are found: by an index, or in the order of their ids. What comes in
 * order ends when a page is full; the rest is looked at as a whole, and sorted.
 *
 * @param scan empty for the order of ids
 * @param inOrder whether they come in the order that is asked for
 */
record QueryPlan(Optional<IndexScan> scan, boolean inOrder) {

  static final String ID = "_id";

  /** What it costs to look at an entry and to sort it, by what it costs to read a document. */
  private static final double ENTRY = 0.1;

  /**
   * @param order null for any
   * @param limit 0 for none
   * @param documents how many there are in the range of ids
   */
  static QueryPlan of(
      Document query,
      @Nullable Document order,
      int limit,
      IdRange ids,
      LongSupplier documents,
      List<SecondaryIndex> indexes) {
    var byId = new QueryPlan(Optional.empty(), isBy(order, ID));
    var scans =
        indexes.stream().flatMap(index -> IndexScan.of(index, query, ids).stream()).toList();
    var hits = scans.stream().mapToLong(IndexScan::size).min();
    if (hits.isEmpty()) {
      return byId;
    }
    var few = new Estimate(hits.getAsLong(), limit);
    var best =
        scans.stream()
            .map(scan -> new QueryPlan(Optional.of(scan), isInOrder(order, scan)))
            .min(Comparator.comparingDouble(plan -> few.cost(plan, order)))
            .orElseThrow();
    return few.cost(best, order) < few.cost(byId.inOrder(), documents.getAsLong()) ? best : byId;
  }

  private static boolean isInOrder(@Nullable Document order, IndexScan scan) {
    return order == null || order.size() == 1 && scan.isInOrderOf(field(order));
  }

  /** What is asked for to be in order; where it is nothing, any does. */
  static String field(@Nullable Document order) {
    return order == null ? "" : order.keySet().iterator().next();
  }

  private static boolean isBy(@Nullable Document order, String field) {
    return order == null || order.size() == 1 && order.containsKey(field);
  }

  /**
   * @param hits how many documents the query is likely to have
   */
  private record Estimate(long hits, int limit) {

    double cost(QueryPlan plan, @Nullable Document order) {
      var scan = plan.scan().orElseThrow();
      var sorted = scan.sortsIds(field(order)) ? ENTRY * scan.size() : 0;
      return sorted + cost(plan.inOrder(), scan.size());
    }

    double cost(boolean inOrder, long documents) {
      return inOrder && limit > 0
          ? Math.min(documents, (double) limit * documents / Math.max(1, hits))
          : documents;
    }
  }
}
