/** What this browser began, kept by itself until it comes back: nothing that a flood could push out is held here. */
export interface Flow {
  state: string;
  nonce: string;
  verifier: string;
  next: string;
}

const LIFETIME_S = 600;
const LONGEST_NEXT = 1_000;

/** One cookie for each attempt, so that two tabs don't disturb each other. Only its own browser sends it, and no script reads it. */
export function flowCookie(flow: Flow, publicUrl: URL): string {
  const next = flow.next.length > LONGEST_NEXT ? "/" : flow.next;
  const value = Buffer.from(JSON.stringify({ ...flow, next })).toString("base64url");
  return `${nameOf(flow.state, publicUrl)}=${value}; ${attributes(publicUrl)}; Max-Age=${LIFETIME_S}`;
}

export function endedFlowCookie(state: string, publicUrl: URL): string {
  return `${nameOf(state, publicUrl)}=; ${attributes(publicUrl)}; Max-Age=0`;
}

/** What this browser began with this state; null if it did not. */
export function flowOf(request: Request, state: string, publicUrl: URL): Flow | null {
  const name = `${nameOf(state, publicUrl)}=`;
  const pairs = (request.headers.get("Cookie") ?? "").split(";").map((pair) => pair.trim());
  const value = pairs.find((pair) => pair.startsWith(name))?.slice(name.length) ?? "";
  const flow = parse(value);
  return flow?.state === state ? flow : null;
}

function parse(value: string): Flow | null {
  try {
    const { state, nonce, verifier, next } = JSON.parse(Buffer.from(value, "base64url").toString());
    const texts = [state, nonce, verifier, next];
    return texts.every((text) => typeof text === "string") ? { state, nonce, verifier, next } : null;
  } catch {
    return null;
  }
}

function nameOf(state: string, { protocol, pathname }: URL): string {
  const tail = `spillway_sign_on_${state.slice(0, 12).replace(/[^\w-]/g, "")}`;
  if (protocol !== "https:") return tail;
  return `${pathname === "/" ? "__Host-" : "__Secure-"}${tail}`;
}

/** Lax, since it must come along when another site sends the browser back. */
function attributes({ protocol, pathname }: URL): string {
  return `Path=${pathname}; HttpOnly; SameSite=Lax${protocol === "https:" ? "; Secure" : ""}`;
}
