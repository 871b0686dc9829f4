package dev.muster.infrastructure.documents;

import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** Ids of several iterators, each in order, in that order; what several have comes once. */
final class MergedIds implements Iterator<Object> {

  private record Head(Object id, Iterator<Object> rest) {}

  private final PriorityQueue<Head> heads;
  private @Nullable Object before;

  MergedIds(List<Iterator<Object>> each, boolean descending) {
    var order = descending ? StoreKeyType.PARTS.reversed() : StoreKeyType.PARTS;
    this.heads = new PriorityQueue<>(Comparator.comparing(Head::id, order));
    each.forEach(this::add);
  }

  private void add(Iterator<Object> ids) {
    if (ids.hasNext()) {
      heads.add(new Head(ids.next(), ids));
    }
  }

  @Override
  public boolean hasNext() {
    while (heads.peek() instanceof Head head && head.id().equals(before)) {
      advance();
    }
    return !heads.isEmpty();
  }

  @Override
  public Object next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    var id = advance();
    before = id;
    return id;
  }

  private Object advance() {
    var head = heads.remove();
    add(head.rest());
    return head.id();
  }
}
