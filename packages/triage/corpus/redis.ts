import type { CorpusGroup } from "./corpus.ts";

const parser = [
  "parseError (/app/node_modules/redis-parser/lib/parser.js:179:12)",
  "parseType (/app/node_modules/redis-parser/lib/parser.js:302:14)",
];

export const redisErrors: CorpusGroup[] = [
  {
    group: "too many retries",
    name: "MaxRetriesPerRequestError",
    messages: [
      'Reached the max retries per request limit (which is 20). Refer to "maxRetriesPerRequest" option for details.',
      'Reached the max retries per request limit (which is 1). Refer to "maxRetriesPerRequest" option for details.',
      'Reached the max retries per request limit (which is 0). Refer to "maxRetriesPerRequest" option for details.',
    ],
    frames: ["Socket.<anonymous> (/app/node_modules/ioredis/built/redis/event_handler.js:182:37)"],
  },
  {
    group: "readonly replica",
    name: "ReplyError",
    messages: [
      "READONLY You can't write against a read only replica.",
      "READONLY You can't write against a read only replica.",
      "READONLY You can't write against a read only replica.",
    ],
    frames: parser,
  },
  {
    group: "out of memory",
    name: "ReplyError",
    messages: [
      "OOM command not allowed when used memory > 'maxmemory'.",
      "OOM command not allowed when used memory > 'maxmemory'.",
    ],
    frames: parser,
  },
  {
    group: "moved slot",
    name: "ReplyError",
    messages: ["MOVED 3999 127.0.0.1:6381", "MOVED 866 10.0.4.12:6379", "MOVED 16383 10.0.4.200:7001"],
    frames: parser,
  },
  {
    group: "wrong type",
    name: "ReplyError",
    messages: [
      "WRONGTYPE Operation against a key holding the wrong kind of value",
      "WRONGTYPE Operation against a key holding the wrong kind of value",
    ],
    frames: [...parser, "async cacheCart (/app/src/cart/cache.ts:N:5)"],
  },
  {
    group: "no permission",
    name: "ReplyError",
    messages: [
      "NOPERM this user has no permissions to run the 'client|list' command",
      "NOPERM this user has no permissions to run the 'config|get' command",
    ],
    frames: parser,
  },
  {
    group: "loading",
    name: "ReplyError",
    messages: [
      "LOADING Redis is loading the dataset in memory",
      "LOADING Redis is loading the dataset in memory",
    ],
    frames: parser,
  },
  {
    group: "script busy",
    name: "ReplyError",
    messages: [
      "BUSY Redis is busy running a script. You can only call SCRIPT KILL or SHUTDOWN NOSAVE.",
      "BUSY Redis is busy running a script. You can only call SCRIPT KILL or SHUTDOWN NOSAVE.",
    ],
    frames: parser,
  },
  {
    group: "lua script failed",
    name: "ReplyError",
    messages: [
      "ERR user_script:14: attempt to compare nil with number script: 6f1d5a2c6f2e44c1a2b7bb1f8f1d20cf1e0ab0f3, on @user_script:14.",
      "ERR user_script:31: attempt to compare nil with number script: 0a9c6e7f54cd1b6a3f6c8a4cce7aee2f4d5a1b00, on @user_script:31.",
    ],
    frames: parser,
  },
  {
    group: "command timed out",
    name: "Error",
    messages: ["Command timed out", "Command timed out", "Command timed out"],
    frames: ["Timeout._onTimeout (/app/node_modules/ioredis/built/Command.js:192:33)"],
  },
  {
    group: "lost lock",
    name: null,
    stackName: "Error",
    messages: [
      "Missing lock for job 18412. moveToFinished",
      "Missing lock for job 2. moveToFinished",
      "Missing lock for job 7f0c1de2-4a58-4a5e-9b1b-0d2b7a1c9a01. moveToFinished",
    ],
    frames: ["Scripts.finishedErrors (/app/node_modules/bullmq/dist/cjs/classes/scripts.js:311:24)"],
  },
  {
    group: "stalled too often",
    name: null,
    messages: [
      "job stalled more than allowable limit",
      "job stalled more than allowable limit",
      "job stalled more than allowable limit",
    ],
  },
];
