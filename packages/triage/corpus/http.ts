import type { CorpusGroup } from "./corpus.ts";

const axios = [
  "settle (file:///app/node_modules/axios/lib/core/settle.js:19:12)",
  "IncomingMessage.handleStreamEnd (file:///app/node_modules/axios/lib/adapters/http.js:599:11)",
];

export const httpErrors: CorpusGroup[] = [
  {
    group: "geocoder answers 5xx",
    name: "AxiosError",
    messages: [
      "Request failed with status code 502",
      "Request failed with status code 503",
      "Request failed with status code 502",
      "Request failed with status code 500",
    ],
    frames: [...axios, "async geocode (/app/src/geo/geocode.ts:N:15)"],
  },
  {
    group: "geocoder throttles",
    name: "AxiosError",
    messages: ["Request failed with status code 429", "Request failed with status code 429"],
    frames: [...axios, "async geocode (/app/src/geo/geocode.ts:N:15)"],
  },
  {
    group: "crm contact missing",
    name: "AxiosError",
    messages: [
      "Request failed with status code 404",
      "Request failed with status code 404",
      "Request failed with status code 404",
    ],
    frames: [...axios, "async CrmClient.contact (/app/src/crm/client.ts:N:22)"],
  },
  {
    group: "crm timeout",
    name: "AxiosError",
    messages: ["timeout of 5000ms exceeded", "timeout of 15000ms exceeded", "timeout of 2500ms exceeded"],
    frames: [
      "RedirectableRequest.handleRequestTimeout (file:///app/node_modules/axios/lib/adapters/http.js:675:16)",
      "async CrmClient.contact (/app/src/crm/client.ts:N:22)",
    ],
  },
  {
    group: "fetch failed, rates",
    name: "TypeError",
    messages: ["fetch failed", "fetch failed", "fetch failed"],
    frames: ["node:internal/deps/undici/undici:13510:13", "async fetchRates (/app/src/rates/fetch.ts:N:20)"],
  },
  {
    group: "fetch failed, webhooks",
    name: "TypeError",
    messages: ["fetch failed", "fetch failed"],
    frames: [
      "node:internal/deps/undici/undici:13510:13",
      "async deliver (/app/src/webhooks/deliver.ts:N:20)",
    ],
  },
  {
    group: "webhook rejected",
    name: "WebhookError",
    messages: [
      "POST https://hooks.example.com/t/8841/events answered 410",
      "POST https://api.customer.example/v2/in?key=9a8b answered 500",
      "POST http://10.1.2.3:8080/hook answered 404",
      "POST https://hooks.example.org/a(b) answered 503",
    ],
    frames: ["async deliver (/app/src/webhooks/deliver.ts:N:11)"],
  },
  {
    group: "undici headers timeout",
    name: "HeadersTimeoutError",
    messages: ["Headers Timeout Error", "Headers Timeout Error"],
    frames: [
      "FastTimer.onParserTimeout [as _onTimeout] (/app/node_modules/undici/lib/dispatcher/client-h1.js:642:28)",
    ],
  },
  {
    group: "undici connect timeout",
    name: "ConnectTimeoutError",
    messages: [
      "Connect Timeout Error (attempted address: api.example.com:443, timeout: 10000ms)",
      "Connect Timeout Error (attempted address: api.example.com:443, timeout: 3000ms)",
      "Connect Timeout Error (attempted address: api.example.com:8443, timeout: 250ms)",
    ],
    frames: ["onConnectTimeout (/app/node_modules/undici/lib/core/connect.js:232:24)"],
  },
  {
    group: "expired certificate",
    name: "Error",
    messages: ["certificate has expired", "certificate has expired"],
    frames: ["TLSSocket.onConnectSecure (node:_tls_wrap:1679:34)"],
  },
  {
    group: "certificate for another name",
    name: "Error",
    messages: [
      "Hostname/IP does not match certificate's altnames: Host: smtp.example.com. is not in the cert's altnames: DNS:*.mail.example.net",
      "Hostname/IP does not match certificate's altnames: Host: smtp.example.com. is not in the cert's altnames: DNS:*.mail.example.net",
    ],
    frames: ["Object.checkServerIdentity (node:tls:337:12)"],
  },
  {
    group: "got retries",
    name: "HTTPError",
    messages: [
      "Request failed with status code 503 (Service Unavailable): GET https://tiles.example.com/14/8710/5744.png",
      "Request failed with status code 503 (Service Unavailable): GET https://tiles.example.com/9/272/179.png",
    ],
    frames: [
      "Request._onResponseBase (file:///app/node_modules/got/dist/source/core/index.js:535:31)",
      "async drawMap (/app/src/maps/draw.ts:N:4)",
    ],
  },
  {
    group: "graphql error",
    name: "ClientError",
    messages: [
      `GraphQL Error (Code: 200): {"response":{"errors":[{"message":"Throttled","extensions":{"code":"THROTTLED","cost":1002}}],"status":200},"request":{"variables":{"id":"gid://shop/Order/5521"}}}`,
      `GraphQL Error (Code: 200): {"response":{"errors":[{"message":"Throttled","extensions":{"code":"THROTTLED","cost":52}}],"status":200},"request":{"variables":{"id":"gid://shop/Order/91"}}}`,
    ],
    frames: ["async syncOrder (/app/src/shop/sync.ts:N:4)"],
  },
  {
    group: "smtp recipient refused",
    name: "Error",
    messages: [
      "Can't send mail - all recipients were rejected: 550 5.1.1 <ana@example.com>: Recipient address rejected: User unknown",
      "Can't send mail - all recipients were rejected: 550 5.1.1 <b.c+d@mail.example.org>: Recipient address rejected: User unknown",
      "Can't send mail - all recipients were rejected: 450 4.1.1 <x@y.example>: Recipient address rejected: User unknown",
    ],
    frames: [
      "SMTPConnection._formatError (/app/node_modules/nodemailer/lib/smtp-connection/index.js:807:19)",
      "async sendMail (/app/src/mail/send.ts:N:16)",
    ],
  },
  {
    group: "smtp throttled",
    name: "Error",
    messages: [
      "Data command failed: 454 Throttling failure: Maximum sending rate exceeded.",
      "Data command failed: 421 Throttling failure: Maximum sending rate exceeded.",
    ],
    frames: [
      "SMTPConnection._formatError (/app/node_modules/nodemailer/lib/smtp-connection/index.js:807:19)",
      "async sendMail (/app/src/mail/send.ts:N:16)",
    ],
  },
];
