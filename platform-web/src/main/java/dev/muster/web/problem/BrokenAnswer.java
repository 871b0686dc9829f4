package dev.muster.web.problem;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

/**
 * Cuts the connection when an answer fails that has been begun: a problem written after the half of
 * it, or an end in good order, would be taken for the rest.
 */
@Component
final class BrokenAnswer implements HandlerExceptionResolver, Ordered {

  private static final Logger log = LoggerFactory.getLogger(BrokenAnswer.class);

  @Override
  public @Nullable ModelAndView resolveException(
      HttpServletRequest request,
      HttpServletResponse response,
      @Nullable Object handler,
      Exception failure) {
    if (isOfTheRequest(failure)) {
      return null;
    }
    if (!response.isCommitted()) {
      // What was written and is not on its way yet.
      response.resetBuffer();
      return null;
    }
    log.warn("answer_cut cause=\"{}\": the caller sees that it is not whole", failure.toString());
    // The server closes the connection of one that it finds begun.
    throw new IllegalStateException("the answer was begun and cannot be ended", failure);
  }

  /**
   * Who left needs no answer, and the server takes one that broke off while being read for begun.
   */
  private static boolean isOfTheRequest(Exception failure) {
    return failure instanceof IOException || failure instanceof HttpMessageNotReadableException;
  }

  @Override
  public int getOrder() {
    return HIGHEST_PRECEDENCE;
  }
}
