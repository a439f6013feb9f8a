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

/** Whether what stands under this key must not be shown. Linear in the key; keys beyond 200 characters are cut. */
export function isSecretKey(key: string): boolean {
  const words = wordsOf(key.length > 200 ? key.slice(0, 200) : key);
  const last = words.at(-1);
  if (words.length > 1 && last !== undefined && ABOUT.has(last)) return false;
  return words.some((word) => WORDS.has(word)) || GLUED.test(words.join(""));
}

/** `XApiKey`, `x-api-key` and `x_api_key` are the same three words. */
function wordsOf(key: string): string[] {
  return key
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replace(/([A-Z])([A-Z][a-z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");
}
