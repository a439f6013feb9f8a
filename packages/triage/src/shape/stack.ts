/** One line of a stack. `file` is as the engine wrote it, without `file://`; unknown parts are null. */
export interface Frame {
  function: string | null;
  file: string;
  line: number | null;
  column: number | null;
  /** Of the application itself: not of Node, a dependency or the queue library. */
  inApp: boolean;
}

/** More of a stack than anyone reads. */
const MAX_FRAMES = 200;
const MAX_LINE = 1024;

/** The frames of a V8 stack (also `function@file:1:2` of other engines), top first; lines that are none are skipped. */
export function parseStack(stack: string): Frame[] {
  const frames: Frame[] = [];
  eachLine(stack, (line) => {
    const frame = parseFrame(line);
    return frame !== null && frames.push(frame) >= MAX_FRAMES;
  });
  return frames;
}

/** The first frame of the application, read no further than that; `read` may remember the lines it was given before. */
export function topAppFrame(stack: string, read = parseFrame): Frame | null {
  let top: Frame | null = null;
  eachLine(stack, (line) => {
    const frame = read(line);
    if (frame?.inApp) top = frame;
    return top !== null;
  });
  return top;
}

/** Until the visitor says that it has seen enough. */
function eachLine(stack: string, visit: (line: string) => boolean): void {
  for (let start = 0; start < stack.length; ) {
    const newline = stack.indexOf("\n", start);
    const end = newline < 0 ? stack.length : newline;
    if (end - start <= MAX_LINE && visit(stack.slice(start, end))) return;
    start = end + 1;
  }
}

/** One line of a stack; null if it is no frame. */
export function parseFrame(raw: string): Frame | null {
  const line = raw.trim();
  if (line.startsWith("at ")) return raw.length > raw.trimStart().length ? v8Frame(line.slice(3)) : null;
  const at = line.indexOf("@");
  if (at < 0 || line.includes(" ")) return null;
  return frameAt(line.slice(0, at), line.slice(at + 1), true);
}

function v8Frame(text: string): Frame | null {
  const body = text.startsWith("async ") ? text.slice(6) : text;
  if (!body.endsWith(")")) return frameAt("", body, true);
  const open = body.indexOf(" (");
  if (open < 0) return null;
  const location = body.slice(open + 2, -1);
  if (location.startsWith("index ")) return null;
  // `eval (eval at run (/app/x.js:1:2), <anonymous>:1:1)`: where the eval was written is what can be fixed.
  const inner = location.startsWith("eval at ")
    ? location.slice(location.indexOf(" (") + 2).split(")")[0]
    : location;
  return frameAt(body.slice(0, open), inner ?? location, false);
}

function frameAt(name: string, location: string, needsLine: boolean): Frame | null {
  const position = /:(\d{1,12})(?::(\d{1,12}))?$/.exec(location);
  if (position === null && needsLine) return null;
  const file = (position === null ? location : location.slice(0, position.index)).replace(/^file:\/\//, "");
  if (file === "") return null;
  const columnOnly = position?.[2];
  return {
    function: functionName(name),
    file,
    line: position?.[1] === undefined ? null : Number(position[1]),
    column: columnOnly === undefined ? null : Number(columnOnly),
    inApp: isInApp(file),
  };
}

function functionName(raw: string): string | null {
  const alias = raw.indexOf(" [as ");
  const name = (alias < 0 ? raw : raw.slice(0, alias)).replace(
    /^(?:async )?(?:Object\.|Module\.|exports\.)?/,
    "",
  );
  return name === "" || name.includes("<anonymous>") ? null : name;
}

function isInApp(file: string): boolean {
  if (/^(?:node:|bun:|internal\/|native$|<anonymous>|evalmachine|wasm:|\[)/.test(file)) return false;
  // Without a folder it is one of Node's own from before `node:`, such as `events.js`.
  if (!/[\\/]/.test(file)) return !/^[a-z_]+\.js$/.test(file);
  return !/[\\/](?:node_modules|\.yarn|bullmq)[\\/]|^node_modules[\\/]/.test(file);
}
