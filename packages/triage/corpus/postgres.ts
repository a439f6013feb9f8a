import type { CorpusGroup } from "./corpus.ts";

const pg = [
  "/app/node_modules/pg/lib/client.js:545:17",
  "process.processTicksAndRejections (node:internal/process/task_queues:105:5)",
];

export const postgresErrors: CorpusGroup[] = [
  {
    group: "duplicate email",
    name: "error",
    messages: [
      'duplicate key value violates unique constraint "users_email_key"',
      'duplicate key value violates unique constraint "users_email_key"',
      'duplicate key value violates unique constraint "users_email_key"',
    ],
    frames: [...pg, "async upsertUser (/app/src/users/store.ts:N:18)"],
  },
  {
    group: "duplicate external id",
    name: "error",
    messages: [
      'duplicate key value violates unique constraint "users_external_id_key"',
      'duplicate key value violates unique constraint "users_external_id_key"',
    ],
    frames: [...pg, "async upsertUser (/app/src/users/store.ts:N:18)"],
  },
  {
    group: "missing order",
    name: "error",
    messages: [
      'insert or update on table "payments" violates foreign key constraint "payments_order_id_fkey"',
      'insert or update on table "payments" violates foreign key constraint "payments_order_id_fkey"',
    ],
    frames: [...pg, "async recordPayment (/app/src/payments/record.ts:N:9)"],
  },
  {
    group: "null amount",
    name: "error",
    messages: [
      'null value in column "amount" of relation "payments" violates not-null constraint',
      'null value in column "amount" of relation "payments" violates not-null constraint',
    ],
    frames: [...pg, "async recordPayment (/app/src/payments/record.ts:N:9)"],
  },
  {
    group: "null currency",
    name: "error",
    messages: [
      'null value in column "currency" of relation "payments" violates not-null constraint',
      'null value in column "currency" of relation "payments" violates not-null constraint',
    ],
    frames: [...pg, "async recordPayment (/app/src/payments/record.ts:N:9)"],
  },
  {
    group: "missing partition",
    name: "error",
    messages: [
      'no partition of relation "events" found for row',
      'no partition of relation "events" found for row',
    ],
    frames: [...pg, "async storeEvent (/app/src/events/store.ts:N:9)"],
  },
  {
    group: "missing partition table",
    name: "error",
    messages: [
      'relation "events_2026_11" does not exist',
      'relation "events_2026_12" does not exist',
      'relation "events_2027_01" does not exist',
    ],
    frames: [...pg, "async storeEvent (/app/src/events/store.ts:N:9)"],
  },
  {
    group: "deadlock",
    name: "error",
    messages: ["deadlock detected", "deadlock detected", "deadlock detected"],
    frames: [...pg, "async reserveStock (/app/src/stock/reserve.ts:N:7)"],
  },
  {
    group: "serialization failure",
    name: "error",
    messages: [
      "could not serialize access due to concurrent update",
      "could not serialize access due to concurrent update",
    ],
    frames: [...pg, "async reserveStock (/app/src/stock/reserve.ts:N:7)"],
  },
  {
    group: "statement timeout",
    name: "error",
    messages: [
      "canceling statement due to statement timeout",
      "canceling statement due to statement timeout",
      "canceling statement due to statement timeout",
    ],
    frames: [...pg, "async monthlyReport (/app/src/reports/monthly.ts:N:23)"],
  },
  {
    group: "invalid uuid",
    name: "error",
    messages: [
      'invalid input syntax for type uuid: "undefined"',
      'invalid input syntax for type uuid: "18412"',
      'invalid input syntax for type uuid: "cus_NffrFeUfNV2Hib"',
      'invalid input syntax for type uuid: ""',
    ],
    frames: [...pg, "async findCustomer (/app/src/customers/find.ts:N:9)"],
  },
  {
    group: "too many clients",
    name: "error",
    messages: ["sorry, too many clients already", "sorry, too many clients already"],
    frames: ["Parser.parseErrorMessage (/app/node_modules/pg-protocol/dist/parser.js:285:98)"],
  },
  {
    group: "slots reserved",
    name: "error",
    messages: [
      "remaining connection slots are reserved for roles with the SUPERUSER attribute",
      "remaining connection slots are reserved for roles with the SUPERUSER attribute",
    ],
    frames: ["Parser.parseErrorMessage (/app/node_modules/pg-protocol/dist/parser.js:285:98)"],
  },
  {
    group: "password authentication",
    name: "error",
    messages: [
      'password authentication failed for user "worker"',
      'password authentication failed for user "worker_7"',
      'password authentication failed for user "postgres"',
    ],
    frames: ["Parser.parseErrorMessage (/app/node_modules/pg-protocol/dist/parser.js:285:98)"],
  },
  {
    group: "prisma unique",
    name: "PrismaClientKnownRequestError",
    messages: [
      "\nInvalid `prisma.subscription.create()` invocation in\n/app/src/billing/subscribe.ts:41:31\n\n  38 const plan = await find(id);\n→ 41   await prisma.subscription.create(\nUnique constraint failed on the fields: (`customer_id`)",
      "\nInvalid `prisma.subscription.create()` invocation in\n/app/src/billing/subscribe.ts:44:31\n\n  41 const plan = await find(id);\n→ 44   await prisma.subscription.create(\nUnique constraint failed on the fields: (`customer_id`)",
    ],
    frames: [
      "Hr.handleRequestError (/app/node_modules/@prisma/client/runtime/library.js:121:7315)",
      "async subscribe (/app/src/billing/subscribe.ts:N:3)",
    ],
  },
  {
    group: "prisma pool timeout",
    name: "PrismaClientKnownRequestError",
    messages: [
      "Timed out fetching a new connection from the connection pool. More info: http://pris.ly/d/connection-pool (Current connection pool timeout: 10, connection limit: 5)",
      "Timed out fetching a new connection from the connection pool. More info: http://pris.ly/d/connection-pool (Current connection pool timeout: 20, connection limit: 17)",
    ],
    frames: ["Hr.handleRequestError (/app/node_modules/@prisma/client/runtime/library.js:121:7315)"],
  },
  {
    group: "connection terminated",
    name: "Error",
    messages: ["Connection terminated unexpectedly", "Connection terminated unexpectedly"],
    frames: ["Connection.<anonymous> (/app/node_modules/pg/lib/client.js:136:73)"],
  },
];
