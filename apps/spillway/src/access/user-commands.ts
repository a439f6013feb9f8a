import { hashPassword } from "@spillway/bff/node";
import { UsageError } from "../usage-error.ts";
import type { AccountOrder } from "./account-order.ts";
import { askPassword } from "./ask-password.ts";
import { readUsers, readUsersIfAny, type User, writeUsers } from "./users-file.ts";

type UserOrder =
  | Extract<AccountOrder, { what: "user" }>
  | { what: "user" | "token"; verb: "list"; file: string };

const SOURCE = "--users-file";
const LEAST = 12;

/** A console that runs with this file sees the change within seconds. Throws {@link UsageError}. */
export async function runUserOrder(order: UserOrder, print: (line: string) => void): Promise<void> {
  if (order.verb === "list") list(readUsers(order.file, SOURCE), print);
  else if (order.verb === "add") print(await add(order));
  else print(await change(order));
}

async function add({ file, name, roles, fullName }: Extract<UserOrder, { verb: "add" }>): Promise<string> {
  const users = readUsersIfAny(file, SOURCE);
  if (users.some((one) => one.name === name))
    throw new UsageError(`${name} is there already; \`spillway user passwd\` changes a password.`);
  const hash = await hashPassword(await newPassword());
  writeUsers(file, [...users, { name, ...(fullName !== null && { full_name: fullName }), roles, hash }]);
  return `${name} may log in, as ${roles.join(", ")}.`;
}

async function change({
  file,
  name,
  verb,
}: Extract<UserOrder, { verb: "passwd" | "remove" }>): Promise<string> {
  const users = readUsers(file, SOURCE);
  const at = users.findIndex((one) => one.name === name);
  const known = users[at];
  if (known === undefined) throw new UsageError(`There is no ${name} in ${file}.`);
  if (verb === "remove") {
    writeUsers(file, users.toSpliced(at, 1));
    return `${name} may log in no more; what sessions there are end within seconds.`;
  }
  const hash = await hashPassword(await newPassword());
  writeUsers(file, users.with(at, { ...known, hash }));
  return `${name} has a new password; what sessions there are end within seconds.`;
}

function list(users: readonly User[], print: (line: string) => void): void {
  for (const { name, full_name: fullName, roles } of users)
    print(`${name}  ${roles.join(", ")}${fullName === undefined ? "" : `  ${fullName}`}`);
  if (users.length === 0) print("Nobody may log in.");
}

async function newPassword(): Promise<string> {
  const password = await askPassword();
  if (password.length < LEAST || password.length > 1_024)
    throw new UsageError(`A password must have ${LEAST} to 1024 characters; a few words make a good one.`);
  return password;
}
