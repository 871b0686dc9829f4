@NullMarked
package dev.muster.web.request;

import org.jspecify.annotations.NullMarked;
