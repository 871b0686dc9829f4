package dev.muster.command.access.web;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.muster.command.repeat.web.ShownOnce;
import dev.muster.events.view.KeyView;
import org.jspecify.annotations.Nullable;

/**
 * A key that was just issued.
 *
 * @param key with its secret; null when the answer is given again
 */
record IssuedKey(@JsonUnwrapped KeyView view, @Nullable String key) implements ShownOnce {

  @Override
  public IssuedKey forLater() {
    return new IssuedKey(view, null);
  }

  /** Never the secret. */
  @Override
  public String toString() {
    return "IssuedKey[" + view.id() + "]";
  }
}
