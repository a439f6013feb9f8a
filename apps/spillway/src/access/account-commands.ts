import type { AccountOrder } from "./account-order.ts";
import { runTokenOrder } from "./token-commands.ts";
import { runUserOrder } from "./user-commands.ts";

/** Changes who gets in. Resolves to the exit code; throws `UsageError` where that can't be. */
export async function runAccountOrder(order: AccountOrder, print: (line: string) => void): Promise<number> {
  if (order.what === "user") await runUserOrder(order, print);
  else runTokenOrder(order, print, Date.now());
  return 0;
}
