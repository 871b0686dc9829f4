@NullMarked
package dev.muster.worker.driver.docker;

import org.jspecify.annotations.NullMarked;
