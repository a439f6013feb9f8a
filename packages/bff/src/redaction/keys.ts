/** Words that say a value is a secret, as one word of a key: `userPassword`, `X-Api-Token`, `card_number`. */
const WORDS = new Set([
  "auth",
  "authorization",
  "bearer",
  "card",
  "cookie",
  "cookies",
  "credential",
  "credentials",
  "csrf",
  "cvc",
  "cvv",
  "iban",
  "jwt",
  "otp",
  "pan",
  "passcode",
  "passphrase",
  "passwd",
  "password",
  "pin",
  "pwd",
  "secret",
  "secrets",
  "signature",
  "ssn",
  "token",
  "tokens",
]);

/** Said without a break between the words: `apikey`, `accesstoken`, `creditcardnumber`. */
const GLUED =
  /password|passwd|passphrase|secret|credential|authorization|apikey|accesskey|privatekey|encryptionkey|signingkey|accesstoken|authtoken|refreshtoken|idtoken|sessionid|creditcard|cardnumber|socialsecurity/;

/** A last word that makes the whole key speak about a secret instead of holding it: `token_count`, `card_brand`. */
const ABOUT = new Set([
  "at",
  "brand",
  "count",
  "expires",
  "expiry",
  "length",
  "limit",
  "method",
  "mode",
  "provider",
  "status",
  "ttl",
  "type",
  "used",
]);

/** Keys beyond this many characters are cut. */
const LONGEST = 200;

/** What an installation adds to the keys that are secret anyway, and takes from them. Spelling in any case, `_` and `-` alike. */
export interface KeyRules {
  /** Each hides every key it is a part of: `email` hides `customerEmail` and `email_address`. */
  secret: readonly string[];
  /** Whole keys that are shown though a part of them sounds secret. They win. */
  shown: readonly string[];
}

/** Tells whether what stands under a key must not be shown. */
export type IsSecretKey = (key: string) => boolean;

/** Linear in the key. */
export function keyTest({ secret, shown }: KeyRules): IsSecretKey {
  const parts = secret.map((key) => ` ${wordsOf(key).join(" ")} `);
  const open = new Set(shown.map((key) => wordsOf(key).join(" ")));
  return (key) => {
    const words = wordsOf(key.length > LONGEST ? key.slice(0, LONGEST) : key);
    const name = words.join(" ");
    if (open.has(name)) return false;
    return soundsSecret(words) || parts.some((part) => ` ${name} `.includes(part));
  };
}

function soundsSecret(words: readonly string[]): boolean {
  const last = words.at(-1);
  if (words.length > 1 && last !== undefined && ABOUT.has(last)) return false;
  return words.some((word) => WORDS.has(word)) || GLUED.test(words.join(""));
}

/** `XApiKey`, `x-api-key` and `x_api_key` are the same three words. */
export function wordsOf(key: string): string[] {
  return key
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replace(/([A-Z])([A-Z][a-z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");
}
