package dev.muster.standalone.contract;

import dev.muster.web.contract.Answers;
import dev.muster.web.contract.Refuses;
import dev.muster.web.contract.Takes;
import dev.muster.web.problem.ProblemType;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.SpecVersion;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.springdoc.core.customizers.GlobalOperationComponentsCustomizer;
import org.springdoc.core.utils.SpringDocAnnotationsUtils;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.method.HandlerMethod;

/** Puts what {@link Answers}, {@link Refuses} and {@link Takes} say into the document. */
final class DescribedCalls implements GlobalOperationComponentsCustomizer {

  private static final Set<ProblemType> OF_EVERY_CALL =
      EnumSet.of(ProblemType.INVALID_REQUEST, ProblemType.NOT_ACCEPTABLE, ProblemType.INTERNAL);
  private static final Set<ProblemType> WITH_A_KEY =
      EnumSet.of(
          ProblemType.UNAUTHENTICATED,
          ProblemType.FORBIDDEN,
          ProblemType.RATE_LIMITED,
          ProblemType.UNAVAILABLE);
  private static final Set<ProblemType> WITH_A_BODY =
      EnumSet.of(ProblemType.TOO_LARGE, ProblemType.UNSUPPORTED_MEDIA_TYPE);

  @Override
  public Operation customize(Operation operation, HandlerMethod handler) {
    return operation;
  }

  @Override
  public Operation customize(Operation operation, Components components, HandlerMethod handler) {
    var method = handler.getMethod();
    if (method.isAnnotationPresent(SecurityRequirements.class)) {
      operation.setSecurity(List.of());
    }
    word(operation);
    takes(operation, components, method);
    operation.setResponses(responses(operation, components, method));
    return operation;
  }

  /** The description does not say the summary again, unless the comment says nothing else. */
  private static void word(Operation operation) {
    var summary = operation.getSummary();
    var description = operation.getDescription();
    if (summary != null && description != null) {
      var more =
          description.substring(Math.min(summary.length() + 1, description.length())).strip();
      operation.setDescription(more.isEmpty() ? description : more);
    }
  }

  private static void takes(Operation operation, Components components, Method method) {
    operation.addParametersItem(reference("X-Request-Id"));
    all(method, Takes.class)
        .forEach(
            takes -> {
              for (var header : takes.headers()) {
                operation.addParametersItem(reference(header));
              }
              if (takes.body() != void.class) {
                var content = content("application/json", schema(takes.body(), components));
                operation.setRequestBody(new RequestBody().required(false).content(content));
              }
            });
  }

  private static ApiResponses responses(Operation operation, Components components, Method method) {
    var responses = new ApiResponses();
    schema(ProblemResponses.BODY, components);
    for (var answer : all(method, Answers.class)) {
      responses.merge(
          String.valueOf(answer.status()),
          response(answer, components, method),
          DescribedCalls::inEitherType);
    }
    for (var problem : problems(operation, method)) {
      responses.putIfAbsent(
          String.valueOf(problem.status()),
          new ApiResponse().$ref("#/components/responses/" + ProblemResponses.nameOf(problem)));
    }
    return responses;
  }

  private static Set<ProblemType> problems(Operation operation, Method method) {
    var problems = EnumSet.copyOf(OF_EVERY_CALL);
    if (operation.getSecurity() == null) {
      problems.addAll(WITH_A_KEY);
    }
    if (operation.getRequestBody() != null) {
      problems.addAll(WITH_A_BODY);
    }
    all(method, Refuses.class).forEach(more -> problems.addAll(Arrays.asList(more.value())));
    return problems;
  }

  private static ApiResponse response(Answers answer, Components components, Method method) {
    var usual = HttpStatus.valueOf(answer.status()).getReasonPhrase();
    var response = new ApiResponse().description(answer.when().isEmpty() ? usual : answer.when());
    response.addHeaderObject("X-Request-Id", header("X-Request-Id"));
    for (var name : answer.headers()) {
      response.addHeaderObject(name, header(name));
    }
    var body = bodyOf(answer, method);
    return body == void.class || body == Void.class
        ? response
        : response.content(content(answer.mediaType(), schema(body, components)));
  }

  /** The same status in another media type. */
  private static ApiResponse inEitherType(ApiResponse response, ApiResponse other) {
    other.getContent().forEach(response.getContent()::addMediaType);
    other.getHeaders().forEach(response::addHeaderObject);
    return response;
  }

  private static Type bodyOf(Answers answer, Method method) {
    if (answer.body() != Answers.WhatIsReturned.class) {
      return answer.body();
    }
    var returned = ResolvableType.forMethodReturnType(method);
    return returned.toClass() == ResponseEntity.class
        ? returned.getGeneric(0).getType()
        : returned.getType();
  }

  private static Schema<?> schema(Type type, Components components) {
    return SpringDocAnnotationsUtils.extractSchema(
        components, type, null, new Annotation[0], SpecVersion.V31);
  }

  private static Content content(String mediaType, Schema<?> schema) {
    return new Content().addMediaType(mediaType, new MediaType().schema(schema));
  }

  private static Parameter reference(String name) {
    return new Parameter().$ref("#/components/parameters/" + name);
  }

  private static Header header(String name) {
    return new Header().$ref("#/components/headers/" + name);
  }

  /** On the method, or on an annotation of it. */
  private static <A extends Annotation> List<A> all(Method method, Class<A> type) {
    return MergedAnnotations.from(method).stream(type).map(MergedAnnotation::synthesize).toList();
  }
}
