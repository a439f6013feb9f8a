/** The user asked for something that cannot be; `message` is one line that says what would be right. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** EX_CONFIG of sysexits.h: supervisors should not restart a process that ends so. */
export const EXIT_CONFIG = 78;
