package dev.muster.web.key;

import dev.muster.events.access.KeyUse;

/** Where a service says which keys it sees. */
public interface KeyUseSink {

  /** May take its time, and may fail: it is said again later. */
  void tell(KeyUse use);
}
