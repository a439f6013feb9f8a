import type { Problem } from "@spillway/contract/schemas";

/** A command ends here; `message` is one line for people, `exit` the code for scripts. */
export class CliError extends Error {
  override readonly name = "CliError";
  readonly exit: number;
  /** What the console answered, where it did. */
  readonly problem: Problem | null;

  constructor(message: string, exit: number, problem: Problem | null = null) {
    super(message);
    this.exit = exit;
    this.problem = problem;
  }
}
