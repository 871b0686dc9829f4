package dev.muster.web.contract;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The contract for machines. */
@RestController
@Tag(name = "platform")
final class OpenApiController {

  private final ServedFile document =
      ServedFile.of("dev/muster/web/contract/openapi.json", MediaType.APPLICATION_JSON_VALUE);

  /** Gets this document. */
  @GetMapping("/openapi.json")
  @Operation(operationId = "getOpenApi")
  @SecurityRequirements
  @Answers(
      body = Map.class,
      headers = {"ETag", "Cache-Control"})
  @Answers(
      status = 304,
      body = void.class,
      when = "It is the one that `If-None-Match` names",
      headers = {"ETag", "Cache-Control"})
  ResponseEntity<byte[]> document(HttpServletResponse response) {
    return document.answer(response);
  }
}
