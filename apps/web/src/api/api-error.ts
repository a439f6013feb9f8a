import type { Problem } from "@spillway/contract/schemas";

/** Every request that did not succeed, made in one place from what the server said. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail || problem.title);
    this.problem = problem;
  }

  get code() {
    return this.problem.code;
  }

  get status() {
    return this.problem.status;
  }
}

/** A request that got no answer at all: the console itself is away, or the network is. */
export class Unreachable extends Error {
  override readonly name = "Unreachable";
}

const isProblem = (value: unknown): value is Problem =>
  typeof value === "object" && value !== null && "code" in value && "detail" in value && "status" in value;

/** Reads a problem from a reply; a reply without one (a proxy's page) becomes an `internal` problem that says so. */
export async function errorFrom(response: Response): Promise<ApiError> {
  const body: unknown = await response.json().catch(() => null);
  if (isProblem(body)) return new ApiError(body);
  return new ApiError({
    type: "about:blank",
    title: "Unexpected reply",
    status: response.status,
    code: response.status === 404 ? "not_found" : "internal",
    detail: `Something between this page and the console answered ${response.status} without a reason.`,
    request_id: response.headers.get("x-request-id") ?? "",
  });
}
