import type { CorpusGroup } from "./corpus.ts";

export const nodeErrors: CorpusGroup[] = [
  {
    group: "connection refused, no app frame",
    name: "Error",
    messages: [
      "connect ECONNREFUSED 127.0.0.1:6379",
      "connect ECONNREFUSED ::1:6379",
      "connect ECONNREFUSED 10.42.0.17:5432",
      "connect ECONNREFUSED 10.42.3.201:8080",
      "connect ECONNREFUSED fd00:10:244::1a:9200",
    ],
    frames: ["TCPConnectWrap.afterConnect [as oncomplete] (node:net:1637:16)"],
  },
  {
    group: "connection reset while reading, invoices",
    name: "Error",
    messages: ["read ECONNRESET", "read ECONNRESET", "read ECONNRESET"],
    frames: [
      "TLSWrap.onStreamRead (node:internal/stream_base_commons:216:20)",
      "async renderInvoice (/app/src/invoices/render.ts:N:11)",
    ],
  },
  {
    group: "socket hang up, exports",
    name: "Error",
    messages: ["socket hang up", "socket hang up", "socket hang up", "socket hang up"],
    frames: [
      "Socket.socketOnEnd (node:_http_client:535:25)",
      "Socket.emit (node:events:530:35)",
      "async uploadExport (file:///srv/worker/dist/exports/upload.js:N:5)",
    ],
  },
  {
    group: "connect timeout",
    name: "Error",
    messages: [
      "connect ETIMEDOUT 52.95.110.1:443",
      "connect ETIMEDOUT 3.5.140.22:443",
      "connect ETIMEDOUT 185.60.216.35:8443",
      "connect ETIMEDOUT 2600:1f18:24e6:b900::5:443",
    ],
    frames: ["TCPConnectWrap.afterConnect [as oncomplete] (node:net:1637:16)"],
  },
  {
    group: "host not found",
    name: "Error",
    messages: [
      "getaddrinfo ENOTFOUND redis-0.redis.prod.svc.cluster.local",
      "getaddrinfo ENOTFOUND redis-1.redis.prod.svc.cluster.local",
      "getaddrinfo ENOTFOUND redis-12.redis.prod.svc.cluster.local",
    ],
    frames: ["GetAddrInfoReqWrap.onlookupall [as oncomplete] (node:dns:122:26)"],
  },
  {
    group: "resolver busy",
    name: "Error",
    messages: [
      "getaddrinfo EAI_AGAIN redis-0.redis.prod.svc.cluster.local",
      "getaddrinfo EAI_AGAIN redis-2.redis.prod.svc.cluster.local",
    ],
    frames: ["GetAddrInfoReqWrap.onlookupall [as oncomplete] (node:dns:122:26)"],
  },
  {
    group: "file missing",
    name: "Error",
    messages: [
      "ENOENT: no such file or directory, open '/tmp/uploads/9f1c2e7a.csv'",
      "ENOENT: no such file or directory, open '/tmp/uploads/import 2026-11-24.csv'",
      "ENOENT: no such file or directory, open '/var/data/u/1841/avatar.png'",
      "ENOENT: no such file or directory, open 'report.pdf'",
    ],
    frames: [
      "async open (node:internal/fs/promises:639:25)",
      "async importCsv (/app/src/imports/csv.ts:N:20)",
    ],
  },
  {
    group: "disk full",
    name: "Error",
    messages: ["ENOSPC: no space left on device, write", "ENOSPC: no space left on device, write"],
    frames: [
      "async writeFile (node:internal/fs/promises:1242:14)",
      "async archive (/app/src/archive.ts:N:3)",
    ],
  },
  {
    group: "too many open files",
    name: "Error",
    messages: [
      "EMFILE: too many open files, open '/tmp/thumb-1841.png'",
      "EMFILE: too many open files, open '/tmp/thumb-77.png'",
      "EMFILE: too many open files, open '/tmp/x/b1946ac92492d2347c6235b4d2611184'",
    ],
    frames: [
      "async open (node:internal/fs/promises:639:25)",
      "async thumbnail (/app/src/images/thumbnail.ts:N:9)",
    ],
  },
  {
    group: "permission denied",
    name: "Error",
    messages: [
      "EACCES: permission denied, mkdir '/mnt/exports/2026/11'",
      "EACCES: permission denied, mkdir '/mnt/exports/2026/12'",
    ],
    frames: [
      "async mkdir (node:internal/fs/promises:860:10)",
      "async prepare (/app/src/exports/folder.ts:N:9)",
    ],
  },
  {
    group: "invalid argument type",
    name: "TypeError",
    messages: [
      'The "path" argument must be of type string. Received undefined',
      'The "path" argument must be of type string. Received undefined',
    ],
    frames: ["Object.join (node:path:1268:7)", "storagePath (/app/src/storage.ts:N:15)"],
  },
  {
    group: "unexpected token in JSON, webhook",
    name: "SyntaxError",
    messages: [
      `Unexpected token '<', "<!DOCTYPE "... is not valid JSON`,
      `Unexpected token 'I', "Internal S"... is not valid JSON`,
      `Unexpected token 'u', "upstream c"... is not valid JSON`,
    ],
    frames: ["JSON.parse (<anonymous>)", "parseWebhook (/app/src/webhooks/parse.ts:N:22)"],
  },
  {
    group: "unexpected end of JSON, webhook",
    name: "SyntaxError",
    messages: ["Unexpected end of JSON input", "Unexpected end of JSON input"],
    frames: ["JSON.parse (<anonymous>)", "parseWebhook (/app/src/webhooks/parse.ts:N:22)"],
  },
  {
    group: "module not found",
    name: "Error",
    messages: [
      "Cannot find module '/srv/releases/20261123/dist/templates/welcome.js' imported from /srv/releases/20261123/dist/render.js",
      "Cannot find module '/srv/releases/20261124/dist/templates/receipt-2.js' imported from /srv/releases/20261124/dist/render.js",
    ],
    frames: ["finalizeResolution (node:internal/modules/esm/resolve:275:11)"],
  },
  {
    group: "out of heap in a worker thread",
    name: "Error",
    messages: [
      "Worker terminated due to reaching memory limit: JS heap out of memory",
      "Worker terminated due to reaching memory limit: JS heap out of memory",
    ],
    frames: ["[kOnExit] (node:internal/worker:313:26)"],
  },
  {
    group: "aborted by timeout",
    name: "TimeoutError",
    messages: ["The operation was aborted due to timeout", "The operation was aborted due to timeout"],
    frames: ["node:internal/deps/undici/undici:13510:13", "async fetchRates (/app/src/rates/fetch.ts:N:20)"],
  },
  {
    group: "job timed out",
    name: "Error",
    messages: [
      "Job 18412 timed out after 30000 ms",
      "Job 18413 timed out after 30000 ms",
      "Job 7 timed out after 1500 ms",
      "Job report-2026-11-24 timed out after 60000 ms",
    ],
    frames: [
      "Timeout._onTimeout (/app/src/lib/deadline.ts:N:14)",
      "listOnTimeout (node:internal/timers:588:17)",
    ],
  },
  {
    group: "thrown without an error",
    name: null,
    messages: ["null", "null"],
  },
];
