package dev.muster.ops.launch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CarrierThreadsTest {

  private static final String PARALLELISM = "jdk.virtualThreadScheduler.parallelism";

  private final String before = System.getProperty(PARALLELISM, "");

  @AfterEach
  void restore() {
    System.setProperty(PARALLELISM, before);
  }

  @Test
  void there_are_more_than_cores() {
    System.clearProperty(PARALLELISM);

    CarrierThreads.prepare();

    assertThat(Integer.getInteger(PARALLELISM)).isEqualTo(64);
  }

  @Test
  void what_an_operator_has_set_stays() {
    System.setProperty(PARALLELISM, "3");

    CarrierThreads.prepare();

    assertThat(Integer.getInteger(PARALLELISM)).isEqualTo(3);
  }
}
