package dev.muster.command.eventstore;

import com.github.benmanes.caffeine.cache.Caffeine;
import dev.muster.command.instance.Weighed;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.axonframework.common.Registration;
import org.axonframework.common.caching.Cache;
import org.axonframework.eventsourcing.AggregateCacheEntry;
import org.jspecify.annotations.Nullable;

/** The instances used last, held strongly, as many as fit into so many bytes. */
public final class AggregateCache implements Cache {

  private static final VarHandle ROOT = root();
  private static final int ENTRY = 500;

  private final com.github.benmanes.caffeine.cache.Cache<Object, Object> entries;

  public AggregateCache(long bytes) {
    this.entries =
        Caffeine.newBuilder()
            .maximumWeight(bytes)
            .weigher((Object _, Object value) -> weight(value))
            .build();
  }

  /** About how many bytes are held. */
  public long bytes() {
    entries.cleanUp();
    return entries.policy().eviction().orElseThrow().weightedSize().orElseThrow();
  }

  private static int weight(Object value) {
    return ENTRY + ((Weighed) ROOT.get(value)).weight();
  }

  // Axon gives the aggregate in an entry to nobody but a repository.
  private static VarHandle root() {
    try {
      return MethodHandles.privateLookupIn(AggregateCacheEntry.class, MethodHandles.lookup())
          .findVarHandle(AggregateCacheEntry.class, "aggregateRoot", Object.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  @Override
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  public <K, V> @Nullable V get(K key) {
    return (V) entries.getIfPresent(Objects.requireNonNull(key));
  }

  @Override
  public void put(Object key, Object value) {
    entries.put(key, value);
  }

  @Override
  public boolean putIfAbsent(Object key, Object value) {
    return entries.asMap().putIfAbsent(key, value) == null;
  }

  @Override
  public boolean remove(Object key) {
    return entries.asMap().remove(key) != null;
  }

  @Override
  public void removeAll() {
    entries.invalidateAll();
  }

  @Override
  public boolean containsKey(Object key) {
    return entries.asMap().containsKey(key);
  }

  @Override
  @SuppressWarnings("unchecked")
  public <V> void computeIfPresent(Object key, UnaryOperator<V> update) {
    entries.asMap().computeIfPresent(key, (_, value) -> update.apply((V) value));
  }

  @Override
  public Registration registerCacheEntryListener(EntryListener cacheEntryListener) {
    throw new UnsupportedOperationException("nothing here listens to cache entries");
  }
}
