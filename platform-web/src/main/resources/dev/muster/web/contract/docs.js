"use strict";

// The document names the usual address; calls made from this page go to where it came from.
fetch("/openapi.json")
  .then((answer) => answer.json())
  .then((contract) => {
    contract.servers = [{ url: window.location.origin }];
    SwaggerUIBundle({
      spec: contract,
      dom_id: "#contract",
      deepLinking: true,
      validatorUrl: null,
      persistAuthorization: false,
    });
  });
