import type { Flag } from "../flags.ts";
import { parseList, parseSwitch, REFUSED } from "../values.ts";

const flag = <T>(spec: Flag<T>): Flag<T> => spec;

/** The settings that say who may do and see what. */
export const POLICY_FLAGS = {
  "roles-file": flag<string | null>({
    placeholder: "FILE",
    fallback: null,
    shown: "",
    description: "a JSON file with roles of your own, read-only queues, and where a reason must be given",
    allowed: "the path of a JSON file",
    parse: (text) => (text.trim() === "" ? REFUSED : text),
  }),
  "read-only": flag<boolean>({
    placeholder: "",
    fallback: false,
    shown: "",
    description: "show everything and do nothing: no route writes, and operations of earlier processes rest",
    allowed: "true or false, or given alone",
    isSwitch: true,
    parse: parseSwitch,
  }),
  "read-only-queue": flag<string[]>({
    placeholder: "PATTERN",
    fallback: [],
    shown: "",
    description: "nothing may be done on these queues; * stands for anything; may be repeated",
    allowed: "names or patterns like billing-*, separated by commas, none empty",
    repeatable: true,
    parse: parseList,
  }),
};
