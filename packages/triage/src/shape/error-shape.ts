import type { JobError } from "@spillway/engine";
import { shortHash } from "./hash.ts";
import { messagePattern } from "./message-pattern.ts";
import { type Frame, topAppFrame } from "./stack.ts";

/** What kind of error this is. Equal `id` means equal name, pattern and top frame under the same algorithm. */
export interface ErrorShapeKey {
  /** 12 hex digits; the same in every process that runs the same algorithm. */
  id: string;
  algorithm: "v1";
  /** For people: name and pattern, at most 160 characters. */
  title: string;
  errorName: string | null;
  /** The message with its variable parts taken out; see {@link messagePattern}. */
  messagePattern: string;
  /** The top frame of the application; its line is shown but does not count. */
  topFrame: { function: string | null; file: string; line: number | null } | null;
  /** The parts that were compared, in words. */
  basedOn: string;
}

const TITLE_CAP = 160;
const NAME = /^(?:Uncaught )?([A-Za-z_$][\w$.]{0,79})(?: \[[\w-]{1,80}\])?(?:: |:?$)/;
const ERROR_NAME = /(?:Error|Exception|Failure|Fault|Timeout|Abort|Rejection|Warning|Exit)$/;
const ROOTS = new Set(["packages", "apps", "services", "libs", "src", "dist", "build", "lib", "out"]);

/** What is compared, before it is put in words. */
export interface ShapeParts {
  name: string | null;
  pattern: string;
  top: Frame | null;
}

/** The shape of one error: name, message pattern and top in-app frame. Linear in the texts; reads 2 kB of the message. */
export function errorShape(error: JobError, conceal?: Conceal): ErrorShapeKey {
  return shapeOfParts(partsOf(error), conceal);
}

/**
 * Takes out of a text what nobody may see. What is compared must be what is shown: an id made of a secret would let people try
 * out what it is.
 */
export type Conceal = (text: string) => string;

/** How messages and stacks are read; a reader of many may remember those it had before. */
export interface Reading {
  patternOf(message: string): string;
  topOf(stack: string): Frame | null;
}

const AFRESH: Reading = { patternOf: messagePattern, topOf: (stack) => topAppFrame(stack) };

export function partsOf(error: JobError, { patternOf, topOf } = AFRESH): ShapeParts {
  const { name, message } = nameAndMessage(error);
  const top = error.stack === null ? null : topOf(error.stack);
  return { name, pattern: patternOf(message), top };
}

export function shapeOfParts(parts: ShapeParts, conceal: Conceal = (text) => text): ErrorShapeKey {
  const name = parts.name === null ? null : conceal(parts.name);
  const pattern = conceal(parts.pattern);
  const top = stableFrame(parts.top, conceal);
  return {
    id: shortHash(JSON.stringify(["v1", name, pattern, top?.function ?? null, top?.file ?? null])),
    algorithm: "v1",
    title: title(name, pattern),
    errorName: name,
    messagePattern: pattern,
    topFrame: top,
    basedOn: basedOn(name, pattern, top),
  };
}

function stableFrame(frame: Frame | null, conceal: Conceal): ErrorShapeKey["topFrame"] {
  if (frame === null) return null;
  const called = frame.function === null ? null : conceal(frame.function);
  return { function: called, file: conceal(stableFile(frame.file)), line: frame.line };
}

function nameAndMessage(error: JobError): { name: string | null; message: string } {
  const given = error.name === "" ? null : error.name;
  const name = given ?? nameFromStack(error) ?? errorNameAtStart(error.message);
  const prefix = name === null ? "" : `${name}: `;
  const message =
    prefix !== "" && error.message.startsWith(prefix) ? error.message.slice(prefix.length) : error.message;
  return { name, message };
}

/** `X: message` at the start of a stack names the class X, whatever it is called, if that is this error's message. */
function nameFromStack(error: JobError): string | null {
  if (error.stack === null) return null;
  const firstLine = lineOne(error.stack);
  const name = NAME.exec(firstLine)?.[1];
  if (name === undefined) return null;
  const rest = firstLine.slice(firstLine.indexOf(":") + 1).trim();
  const sameMessage = rest === lineOne(error.message).trim() && firstLine !== lineOne(error.message);
  return sameMessage || ERROR_NAME.test(name) ? name : null;
}

function errorNameAtStart(message: string): string | null {
  const name = NAME.exec(lineOne(message))?.[1];
  return name !== undefined && ERROR_NAME.test(name) ? name : null;
}

function lineOne(text: string): string {
  const newline = text.indexOf("\n");
  return text.slice(0, Math.min(newline < 0 ? text.length : newline, 2048));
}

/** A path without where it was installed, so that a new release folder or bundle hash is no new shape. */
function stableFile(file: string): string {
  const path = file.replace(/^[a-z-]{2,30}:\/{2,3}/, "").split("?", 1)[0] ?? file;
  const parts = path.split(/[\\/]/).filter((part) => part !== "" && part !== ".");
  const root = parts.findIndex((part) => ROOTS.has(part));
  const kept = root >= 0 && root < parts.length - 1 ? parts.slice(root) : parts.slice(-2);
  return kept.map((part) => part.replace(/[0-9a-f]{8,}|\d{4,}/gi, "#")).join("/");
}

function title(name: string | null, pattern: string): string {
  const text = pattern === "" ? "no message" : pattern;
  const whole = name === null ? text : `${name}: ${text}`;
  return whole.length > TITLE_CAP ? `${whole.slice(0, TITLE_CAP - 1)}…` : whole;
}

function basedOn(name: string | null, pattern: string, top: Pick<Frame, "function" | "file"> | null): string {
  const parts = [
    name === null ? "no error name known" : `error name ${name}`,
    pattern === "" ? "no message" : `message “${pattern}”`,
    top === null
      ? "no frame of the application in the stack"
      : `top frame ${top.function ?? "(anonymous)"} in ${top.file}`,
  ];
  return parts.join("; ");
}
