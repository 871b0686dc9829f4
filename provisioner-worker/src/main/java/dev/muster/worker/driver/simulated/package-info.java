@NullMarked
package dev.muster.worker.driver.simulated;

import org.jspecify.annotations.NullMarked;
