import type { CorpusGroup } from "./corpus.ts";

const bull = [
  "Worker.processJob (/app/node_modules/bullmq/dist/esm/classes/worker.js:573:28)",
  "async Worker.retryIfFailed (/app/node_modules/bullmq/dist/esm/classes/worker.js:801:24)",
];

export const typescriptErrors: CorpusGroup[] = [
  {
    group: "total of undefined, receipt",
    name: "TypeError",
    messages: [
      "Cannot read properties of undefined (reading 'total')",
      "Cannot read properties of undefined (reading 'total')",
      "Cannot read properties of undefined (reading 'total')",
      "Cannot read properties of undefined (reading 'total')",
    ],
    frames: [
      "renderReceipt (/app/src/mail/receipt.ts:N:31)",
      "async processEmail (/app/src/mail/worker.ts:N:5)",
      ...bull,
    ],
  },
  {
    group: "address of undefined, receipt",
    name: "TypeError",
    messages: [
      "Cannot read properties of undefined (reading 'address')",
      "Cannot read properties of undefined (reading 'address')",
    ],
    frames: [
      "renderReceipt (/app/src/mail/receipt.ts:N:31)",
      "async processEmail (/app/src/mail/worker.ts:N:5)",
      ...bull,
    ],
  },
  {
    group: "total of undefined, invoice",
    name: "TypeError",
    messages: [
      "Cannot read properties of undefined (reading 'total')",
      "Cannot read properties of undefined (reading 'total')",
    ],
    frames: ["Invoice.sum (/app/src/invoices/invoice.ts:N:31)", ...bull],
  },
  {
    group: "not a function",
    name: "TypeError",
    messages: ["customer.address.format is not a function", "customer.address.format is not a function"],
    frames: ["formatLabel (/app/src/shipping/label.ts:N:40)", ...bull],
  },
  {
    group: "not iterable, name only in the stack",
    name: null,
    stackName: "TypeError",
    messages: ["order.lines is not iterable", "order.lines is not iterable", "order.lines is not iterable"],
    frames: ["sumLines (/app/src/orders/sum.ts:N:22)", ...bull],
  },
  {
    group: "assigning to a constant",
    name: "TypeError",
    messages: ["Assignment to constant variable.", "Assignment to constant variable."],
    frames: ["next (/app/src/orders/cursor.ts:N:22)", ...bull],
  },
  {
    group: "stack overflow",
    name: "RangeError",
    messages: ["Maximum call stack size exceeded", "Maximum call stack size exceeded"],
    frames: ["walk (/app/src/catalog/tree.ts:N:9)", "walk (/app/src/catalog/tree.ts:N:9)"],
  },
  {
    group: "invalid date",
    name: "RangeError",
    messages: ["Invalid time value", "Invalid time value"],
    frames: ["Date.toISOString (<anonymous>)", "dueDate (/app/src/invoices/due.ts:N:30)"],
  },
  {
    group: "not defined",
    name: "ReferenceError",
    messages: ["locale is not defined", "locale is not defined"],
    frames: ["translate (webpack-internal:///./src/i18n/translate.ts:N:11)"],
  },
  {
    group: "order not found",
    name: "NotFoundError",
    messages: [
      "Order 18412 not found",
      "Order 7 not found",
      "Order 01HXYZ5Q8ZK3M2N4P6R8S0T2V4 not found",
      "Order 7f0c1de2-4a58-4a5e-9b1b-0d2b7a1c9a01 not found",
      "Order 507f1f77bcf86cd799439011 not found",
    ],
    frames: ["async loadOrder (/app/src/orders/load.ts:N:11)", ...bull],
  },
  {
    group: "user not found",
    name: "NotFoundError",
    messages: [
      "User ana@example.com not found in tenant 12",
      "User b.c+x@mail.example.org not found in tenant 7",
      "User someone@example.co.uk not found in tenant 481",
    ],
    frames: ["async loadUser (/app/src/users/load.ts:N:11)", ...bull],
  },
  {
    group: "quota reached",
    name: "QuotaError",
    messages: [
      "Tenant 12 used 1,000,001 of 1,000,000 credits, retry in 1 hour",
      "Tenant 7 used 501 of 500 credits, retry in 3 hours",
      "Tenant 481 used 10,250 of 10,000 credits, retry in 12 hours",
    ],
    frames: ["assertQuota (/srv/releases/20261124/src/quota/assert.ts:N:11)"],
  },
  {
    group: "import rows rejected",
    name: "ImportError",
    messages: [
      "1 row rejected: lines [12]",
      "3 rows rejected: lines [4, 18, 201]",
      "2 rows rejected: lines [1044, 1045]",
      "5 rows rejected: lines [1, 2, 3, 4, 5]",
    ],
    frames: ["finish (/app/src/imports/finish.ts:N:11)"],
  },
  {
    group: "unsupported image",
    name: "UnsupportedMediaError",
    messages: [
      `Cannot resize "IMG_2041.HEIC" (3.2 MB)`,
      `Cannot resize "holiday photo.heic" (811 kB)`,
      `Cannot resize "b1946ac9.heic" (12 MB)`,
    ],
    frames: ["async resize (/app/src/images/resize.ts:N:11)"],
  },
  {
    group: "unknown currency",
    name: "CurrencyError",
    messages: [
      "No rate for EUR on 2026-11-24",
      "No rate for EUR on 2026-11-23",
      "No rate for JPY on 2026-11-24",
    ],
    frames: ["rateFor (/app/src/rates/rate.ts:N:11)"],
  },
  {
    group: "schema rejected payload",
    name: "ZodError",
    messages: [
      `[\n  {\n    "expected": "string",\n    "code": "invalid_type",\n    "path": [\n      "items",\n      3,\n      "sku"\n    ],\n    "message": "Invalid input: expected string, received undefined"\n  }\n]`,
      `[\n  {\n    "expected": "string",\n    "code": "invalid_type",\n    "path": [\n      "items",\n      11,\n      "sku"\n    ],\n    "message": "Invalid input: expected string, received undefined"\n  }\n]`,
    ],
    frames: ["parsePayload (/app/src/lib/payload.ts:N:11)"],
  },
  {
    group: "assertion",
    name: "AssertionError",
    messages: [
      "Expected balance 1204 to equal ledger 1200 for account acc_8Hs72kQp1z",
      "Expected balance 9 to equal ledger 12 for account acc_p0Qm3nXr7T",
      "Expected balance -50 to equal ledger 0 for account acc_Zx81LmNq2e",
    ],
    frames: ["reconcile (/app/src/ledger/reconcile.ts:N:3)"],
  },
  {
    group: "cancelled",
    name: "UnrecoverableError",
    messages: ["Cancelled", "Cancelled"],
    frames: ["AbortSignal.<anonymous> (/app/node_modules/bullmq/dist/esm/classes/worker.js:610:20)"],
  },
  {
    group: "token invalid",
    name: "JsonWebTokenError",
    messages: ["invalid signature", "invalid signature"],
    frames: ["/app/node_modules/jsonwebtoken/verify.js:171:19", "verify (/app/src/auth/verify.ts:N:4)"],
  },
  {
    group: "token expired",
    name: "TokenExpiredError",
    messages: ["jwt expired", "jwt expired"],
    frames: ["/app/node_modules/jsonwebtoken/verify.js:190:21", "verify (/app/src/auth/verify.ts:N:4)"],
  },
  {
    group: "pdf renderer crashed",
    name: "Error",
    messages: [
      "Failed to launch the browser process! undefined [1124/024404.123456:FATAL:zygote_host_impl_linux.cc(117)] No usable sandbox!",
      "Failed to launch the browser process! undefined [1123/171502.000481:FATAL:zygote_host_impl_linux.cc(128)] No usable sandbox!",
    ],
    frames: [
      "Interface.onClose (/app/node_modules/puppeteer/lib/cjs/launcher.js:310:24)",
      "async htmlToPdf (/app/src/pdf/render.ts:N:19)",
    ],
  },
  {
    group: "navigation timeout",
    name: "TimeoutError",
    messages: ["Navigation timeout of 30000 ms exceeded", "Navigation timeout of 5000 ms exceeded"],
    frames: [
      "new Deferred (/app/node_modules/puppeteer/lib/cjs/Deferred.js:56:34)",
      "async htmlToPdf (/app/src/pdf/render.ts:N:19)",
    ],
  },
];
