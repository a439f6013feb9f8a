import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";

interface Cost {
  /** 2 to this power. */
  ln: number;
  r: number;
  p: number;
}

/** 32 MB and about a third of a second of one core. */
const COST: Cost = { ln: 15, r: 8, p: 3 };
const KEY_BYTES = 32;
/** What a file may demand of this process. Bytes. */
const MOST_MEMORY = 256 * 1_048_576;

const HASH = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([\w+/-]{16,86})\$([\w+/-]{43,86})$/;

/** The scrypt hash of a password with a salt of its own, as text: `$scrypt$ln=…,r=…,p=…$salt$key`. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(password, salt, COST, KEY_BYTES);
  return `$scrypt$ln=${COST.ln},r=${COST.r},p=${COST.p}$${toText(salt)}$${toText(key)}`;
}

/** Whether {@link verifyPassword} can make something of a text. */
export function isPasswordHash(text: string): boolean {
  return parse(text) !== null;
}

/** Whether a password is the one that was hashed. Null in place of a hash costs the same and is false. */
export async function verifyPassword(password: string, hash: string | null): Promise<boolean> {
  const known = parse(hash ?? NOBODYS);
  if (known === null) return false;
  const key = await derive(password, known.salt, known.cost, known.key.length);
  return timingSafeEqual(key, known.key) && hash !== null;
}

const NOBODYS = `$scrypt$ln=${COST.ln},r=${COST.r},p=${COST.p}$${"A".repeat(22)}$${"A".repeat(43)}`;

function parse(text: string): { cost: Cost; salt: Buffer; key: Buffer } | null {
  const [, ln, r, p, salt, key] = HASH.exec(text) ?? [];
  if (salt === undefined || key === undefined) return null;
  const cost = { ln: Number(ln), r: Number(r), p: Number(p) };
  const isPossible = cost.ln >= 10 && cost.r >= 1 && cost.p >= 1 && memoryOf(cost) <= MOST_MEMORY;
  return isPossible ? { cost, salt: Buffer.from(salt, "base64"), key: Buffer.from(key, "base64") } : null;
}

const memoryOf = ({ ln, r, p }: Cost): number => 128 * r * (2 ** ln + p + 2);

const toText = (bytes: Buffer): string => bytes.toString("base64").replace(/=+$/, "");

/** The same letters may come composed or not, depending on the keyboard. */
function derive(password: string, salt: Buffer, cost: Cost, bytes: number): Promise<Buffer> {
  const { ln, r, p } = cost;
  const options = { N: 2 ** ln, r, p, maxmem: 2 * memoryOf(cost) };
  return new Promise((resolve, reject) =>
    scrypt(password.normalize("NFKC"), salt, bytes, options, (error, key) =>
      error ? reject(error) : resolve(key),
    ),
  );
}
