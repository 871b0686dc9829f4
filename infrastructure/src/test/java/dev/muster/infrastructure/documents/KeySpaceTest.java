package dev.muster.infrastructure.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KeySpaceTest {

  private static final byte[] VALUE = {1};

  private final DocumentStore store = DocumentStore.inMemory();
  private final KeySpace before = store.documents("some", "before");
  private final KeySpace counted = store.documents("some", "counted");

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void a_count_is_right_while_another_space_is_written_to() throws Exception {
    for (int i = 0; i < 100; i++) {
      counted.put(List.of(i), VALUE);
    }
    var stop = new AtomicBoolean();
    var writer =
        Thread.ofPlatform()
            .start(
                () -> {
                  for (int i = 0; !stop.get(); i++) {
                    before.put(List.of(i % 1_000), VALUE);
                    before.remove(List.of((i + 500) % 1_000));
                  }
                });
    try {
      for (int i = 0; i < 50_000; i++) {
        assertThat(counted.count(KeyRange.ALL)).isEqualTo(100);
      }
    } finally {
      stop.set(true);
      writer.join();
    }
  }

  @Test
  void a_range_holds_its_bounds_and_what_is_between_them() {
    for (int i = 0; i < 10; i++) {
      counted.put(List.of(i), VALUE);
      before.put(List.of(i), VALUE);
    }

    assertThat(counted.count(new KeyRange(List.of(3), List.of(5)))).isEqualTo(3);
    assertThat(counted.count(new KeyRange(List.of(3), List.of(3)))).isEqualTo(1);
    assertThat(counted.count(new KeyRange(List.of(5), List.of(3)))).isZero();
    assertThat(counted.count(new KeyRange(List.of(20), List.of(StoreKey.AFTER)))).isZero();
  }
}
