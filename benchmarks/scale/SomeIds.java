package scale;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;
import load.Answer;

/** Ids of a few instances, old and new ones alike, however many there are. */
final class SomeIds {

  private static final int MOST = 256;

  private final AtomicLong seen = new AtomicLong();
  private final AtomicReferenceArray<String> ids = new AtomicReferenceArray<>(MOST);

  /** Each creation is as likely to be among them as any other. */
  void tell(Answer created) {
    if (created.isGood()) {
      long before = seen.getAndIncrement();
      long place = before < MOST ? before : ThreadLocalRandom.current().nextLong(before + 1);
      if (place < MOST) {
        ids.set((int) place, created.id());
      }
    }
  }

  List<String> all() {
    return IntStream.range(0, MOST).mapToObj(ids::get).filter(Objects::nonNull).toList();
  }
}
