const COOKIE = "spillway_name";
const YEAR_S = 31_536_000;

/** The `Set-Cookie` that keeps a claimed name in one browser, out of reach of scripts and other sites. */
export function nameCookie(name: string, path: string): string {
  const value = encodeURIComponent(name);
  return `${COOKIE}=${value}; Path=${path}; Max-Age=${YEAR_S}; HttpOnly; SameSite=Strict`;
}

/** The name a `Cookie` header claims; null if there is none or it is not one we would have set. */
export function nameFromCookie(header: string | undefined): string | null {
  const pairs = (header ?? "").split(";").map((pair) => pair.trim());
  const pair = pairs.find((one) => one.startsWith(`${COOKIE}=`));
  return pair === undefined ? null : cleanName(decode(pair.slice(COOKIE.length + 1)));
}

/** A name without control characters and invisible direction marks, at most 80 characters; null if nothing is left. */
export function cleanName(text: string): string | null {
  const name = text
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, " ")
    .trim()
    .slice(0, 80)
    .toWellFormed();
  return name === "" ? null : name;
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return "";
  }
}
