import type { CorpusGroup } from "./corpus.ts";

const stripe = ["StripeError.generate (/app/node_modules/stripe/cjs/Error.js:10:20)"];
const aws = [
  "throwDefaultError (/app/node_modules/@smithy/smithy-client/dist-cjs/index.js:867:20)",
  "process.processTicksAndRejections (node:internal/process/task_queues:105:5)",
];

export const sdkErrors: CorpusGroup[] = [
  {
    group: "card declined",
    name: "StripeCardError",
    messages: ["Your card was declined.", "Your card was declined.", "Your card was declined."],
    frames: [...stripe, "async charge (/app/src/payments/charge.ts:N:9)"],
  },
  {
    group: "insufficient funds",
    name: "StripeCardError",
    messages: ["Your card has insufficient funds.", "Your card has insufficient funds."],
    frames: [...stripe, "async charge (/app/src/payments/charge.ts:N:9)"],
  },
  {
    group: "no such customer",
    name: "StripeInvalidRequestError",
    messages: [
      "No such customer: 'cus_NffrFeUfNV2Hib'",
      "No such customer: 'cus_9s6XKzkNRiz8i3'",
      "No such customer: 'cus_4QFOF3xrvBT2nU'; a similar object exists in test mode, but a live mode key was used to make this request.",
      "No such customer: 'cus_QXg1o8vcGmoR32'",
    ],
    frames: [...stripe, "async charge (/app/src/payments/charge.ts:N:9)"],
  },
  {
    group: "no such payment intent",
    name: "StripeInvalidRequestError",
    messages: [
      "No such payment_intent: 'pi_3MtwBwLkdIwHu7ix28a3tqPa'",
      "No such payment_intent: 'pi_1Gszsz2eZvKYlo2CqZdR8tBd'",
    ],
    frames: [...stripe, "async refund (/app/src/payments/refund.ts:N:9)"],
  },
  {
    group: "charge already refunded",
    name: "StripeInvalidRequestError",
    messages: [
      "Charge ch_3MmlLrLkdIwHu7ix0snN0B15 has already been refunded.",
      "Charge ch_1NirD82eZvKYlo2CIvbtLWuY has already been refunded.",
      "Charge py_3Mtwbz2eZvKYlo2C1kQ8s3zA has already been refunded.",
    ],
    frames: [...stripe, "async refund (/app/src/payments/refund.ts:N:9)"],
  },
  {
    group: "idempotency key reused",
    name: "StripeIdempotencyError",
    messages: [
      "Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than 'order-18412' if you meant to execute a different request.",
      "Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '7f0c1de2-4a58-4a5e-9b1b-0d2b7a1c9a01' if you meant to execute a different request.",
    ],
    frames: [...stripe, "async charge (/app/src/payments/charge.ts:N:9)"],
  },
  {
    group: "stripe rate limit",
    name: "StripeRateLimitError",
    messages: [
      "Request rate limit exceeded. Learn more about rate limits here https://stripe.com/docs/rate-limits.",
      "Request rate limit exceeded. Learn more about rate limits here https://stripe.com/docs/rate-limits.",
    ],
    frames: stripe,
  },
  {
    group: "expired api key",
    name: "StripeAuthenticationError",
    messages: [
      "Expired API Key provided: sk_live_*********************Ab12Cd",
      "Expired API Key provided: sk_live_*********************Zz98Yy",
    ],
    frames: stripe,
  },
  {
    group: "s3 key missing",
    name: "NoSuchKey",
    messages: ["The specified key does not exist.", "The specified key does not exist."],
    frames: [...aws, "async readUpload (/app/src/uploads/read.ts:N:12)"],
  },
  {
    group: "s3 access denied",
    name: "AccessDenied",
    messages: [
      "User: arn:aws:sts::123456789012:assumed-role/worker/i-0abc12de34f567890 is not authorized to perform: s3:PutObject on resource: arn:aws:s3:::exports-prod/2026/11/24/a.csv because no identity-based policy allows the s3:PutObject action",
      "User: arn:aws:sts::123456789012:assumed-role/worker/i-09f8e7d6c5b4a3210 is not authorized to perform: s3:PutObject on resource: arn:aws:s3:::exports-prod/2026/11/23/b7.csv because no identity-based policy allows the s3:PutObject action",
    ],
    frames: [...aws, "async uploadExport (/app/src/exports/upload.ts:N:12)"],
  },
  {
    group: "dynamo throttled",
    name: "ProvisionedThroughputExceededException",
    messages: [
      "The level of configured provisioned throughput for the table was exceeded. Consider increasing your provisioning level with the UpdateTable API.",
      "The level of configured provisioned throughput for the table was exceeded. Consider increasing your provisioning level with the UpdateTable API.",
    ],
    frames: aws,
  },
  {
    group: "conditional check",
    name: "ConditionalCheckFailedException",
    messages: [
      "The conditional request failed",
      "The conditional request failed",
      "The conditional request failed",
    ],
    frames: [...aws, "async claim (/app/src/claims/claim.ts:N:12)"],
  },
  {
    group: "aws token expired",
    name: "ExpiredTokenException",
    messages: [
      "The security token included in the request is expired",
      "The security token included in the request is expired",
    ],
    frames: aws,
  },
  {
    group: "signature expired",
    name: "InvalidSignatureException",
    messages: [
      "Signature expired: 20261124T024404Z is now earlier than 20261124T025000Z (20261124T025500Z - 5 min.)",
      "Signature expired: 20261123T235959Z is now earlier than 20261124T000100Z (20261124T000600Z - 5 min.)",
    ],
    frames: aws,
  },
  {
    group: "google quota",
    name: "GaxiosError",
    messages: [
      "Quota exceeded for quota metric 'Queries' and limit 'Queries per minute' of service 'sheets.googleapis.com' for consumer 'project_number:481516234200'.",
      "Quota exceeded for quota metric 'Queries' and limit 'Queries per minute' of service 'sheets.googleapis.com' for consumer 'project_number:108'.",
    ],
    frames: ["Gaxios._request (/app/node_modules/gaxios/build/src/gaxios.js:142:23)"],
  },
  {
    group: "oauth grant expired",
    name: "GaxiosError",
    messages: ["invalid_grant", "invalid_grant"],
    frames: [
      "Gaxios._request (/app/node_modules/gaxios/build/src/gaxios.js:142:23)",
      "async refreshToken (/app/src/google/token.ts:N:8)",
    ],
  },
  {
    group: "model overloaded",
    name: "APIError",
    messages: [
      `529 {"type":"error","error":{"type":"overloaded_error","message":"Overloaded"},"request_id":"req_011CSHoEeqs5C35K2UUqR7Fy"}`,
      `529 {"type":"error","error":{"type":"overloaded_error","message":"Overloaded"},"request_id":"req_018EeWyXxfu5pfWkrYcMdjWG"}`,
    ],
    frames: ["async summarize (/app/src/ai/summarize.ts:N:21)"],
  },
  {
    group: "model rate limited",
    name: "APIError",
    messages: [
      `429 {"type":"error","error":{"type":"rate_limit_error","message":"Number of request tokens has exceeded your per-minute rate limit"},"request_id":"req_011CSHoEeqs5C35K2UUqR7Fz"}`,
      `429 {"type":"error","error":{"type":"rate_limit_error","message":"Number of request tokens has exceeded your per-minute rate limit"},"request_id":"req_01XyZ5C35K2UUqR7FyAbCd"}`,
    ],
    frames: ["async summarize (/app/src/ai/summarize.ts:N:21)"],
  },
];
