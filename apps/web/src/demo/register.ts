/** As far as it is used here; not every browser has them. */
interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL(url: string): string },
  ): { createScriptURL(url: string): string };
}

declare global {
  var trustedTypes: TrustedTypes | undefined;
}

/** Registers the worker of the demo, which then finds itself there: its address is the only one that may become a script. */
export async function register(script: string): Promise<void> {
  const policy = globalThis.trustedTypes?.createPolicy("spillway", {
    createScriptURL(url) {
      if (url !== script) throw new TypeError("Only the worker of the demo is a script here.");
      return url;
    },
  });
  await navigator.serviceWorker.register(policy === undefined ? script : policy.createScriptURL(script));
}
